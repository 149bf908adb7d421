// The values of Content-Type and Content-Disposition: a word or two, then parameters (RFC 2045
// §5.1, RFC 2183), with the continuations and charsets of RFC 2231. Never fails: what can't be read
// is left out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct ParameterizedValue {
  std::string word;  ///< before the parameters, lower case: "text/plain", "attachment"
  Parameters params;
};

/// Parameter names in lower case, values unquoted, joined, decoded to UTF-8; encoded words (which
/// do not belong there) are left as they are.
ParameterizedValue parse_parameterized(std::string_view value);

/// "파.txt" → "utf-8''%ED%8C%8C.txt", the value of an extended parameter (RFC 2231 §4).
std::string to_extended_value(std::string_view utf8);

/// The value of the parameter, or "".
std::string_view parameter(const Parameters& params, std::string_view lower_case_name);

}  // namespace mail
