// Header fields as lines of at most 78 octets (RFC 5322 §2.2.3). What is given can't add fields or
// lines: control characters go.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"

namespace mail {

/// "Subject: " and UTF-8 text, as encoded words where needed.
void append_text_field(std::string& out, std::string_view name, std::string_view utf8);
/// Nothing when `list` is empty.
void append_address_field(std::string& out, std::string_view name,
                          const std::vector<NamedAddress>& list);
/// Message ids, one a line; nothing when there is none.
void append_id_field(std::string& out, std::string_view name, const std::vector<std::string>& ids);
/// `; name="value"` as a line of its own, by RFC 2231 when the value isn't short ASCII.
void append_parameter_line(std::string& out, std::string_view name, std::string_view utf8);

}  // namespace mail
