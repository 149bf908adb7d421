// File names for attachments: a sender's words, so nothing in them may leave the folder, hide the
// file, or reach the terminal as a control sequence.
#pragma once

#include <string>
#include <string_view>

namespace mua {

/// One path component of at most 200 octets of UTF-8, never empty, never beginning with a dot. Only
/// the last component of a path counts, with either slash.
std::string safe_name(std::string_view name, std::string_view fallback);

/// "report.pdf", 2 → "report-2.pdf"
std::string numbered_name(std::string_view name, unsigned number);

}  // namespace mua
