// Values of DSN parameters as a report shows them: ORCPT and ENVID come as xtext (RFC 3461 §4), and
// an address of type utf-8 with escapes of its own inside (RFC 6533 §3). Pure. What would break out
// of a field stays encoded.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// "QQ+2B1" → "QQ+1"
std::string decode_xtext(std::string_view xtext);

/// "rfc822;Bob+40example.test" → "rfc822;Bob@example.test"; "" when it is none.
std::string decode_orcpt(std::string_view orcpt);

}  // namespace mail
