// Encoded words in header text (RFC 2047, language tags of RFC 2231 §5). Decoding never fails: what
// is no encoded word stays as it is, in valid UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mail {

/// "=?UTF-8?B?7YyM67Cc?= x" → "파발 x". White space between adjacent words goes, and their octets
/// are joined before they are converted, because senders break characters between words.
std::string decode_words(std::string_view text);

/// UTF-8 as the value of an unstructured field, folded into lines of at most 78 octets; `column`
/// octets stand on the first line already. Plain ASCII stays readable.
std::string encode_unstructured(std::string_view utf8, std::size_t column);

/// UTF-8 as a phrase (a display name): an atom, a quoted string or encoded words, folded as above.
std::string encode_phrase(std::string_view utf8, std::size_t column);

}  // namespace mail
