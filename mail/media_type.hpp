// The media type of a file by its name's extension, for attachments.
#pragma once

#include <string_view>

namespace mail {

/// "report.PDF" → "application/pdf"; "application/octet-stream" when unknown.
std::string_view media_type_of(std::string_view file_name);

}  // namespace mail
