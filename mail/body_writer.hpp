// The body of a message being built, part by part (RFC 2045, RFC 2046): each with the plainest
// transfer encoding that carries it. Shared by compose and delivery reports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// Header fields and encoded body of a part, ready to be put after a boundary or after the header
/// of a message.
std::string text_part(std::string_view utf8);
/// An attached file; type "" is guessed.
std::string file_part(std::string_view file_name, std::string_view type, std::string_view content);
/// Octets of the given type as they are, 7bit or 8bit; lines must end in CRLF.
std::string identity_part(std::string_view type, std::string_view content);

/// `type` is "multipart/mixed", parameters may follow; `seed` makes the boundary.
std::string multipart(std::string_view type, const std::vector<std::string>& parts,
                      std::string_view seed);

}  // namespace mail
