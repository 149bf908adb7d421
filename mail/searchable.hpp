// What SEARCH looks at (RFC 9051 §6.4.4): header and text of a message, decoded to UTF-8 whatever
// their charsets and transfer encodings, and the folding under which they are compared. Pure.
#pragma once

#include <string>
#include <string_view>

#include "mail/header.hpp"

namespace mail {

/// A field's value decoded. Addresses that are written with comments or blanks in them are added as
/// the envelope has them, because that is what FROM and its like are asked of (RFC 9051 §6.4.4).
std::string searchable_value(const HeaderField& field);

/// All header fields decoded, one a line: "name: value\n", the name in lower case.
std::string searchable_header(std::string_view message);

/// The decoded text of every text part, and the headers of messages inside messages, in order.
std::string searchable_body(std::string_view message);

/// UTF-8 folded so that an octet-wise substring search finds what the collation i;unicode-casemap
/// (RFC 5051, RFC 5255 §4.2) finds in every script: case makes no difference, and text is
/// decomposed, so that "e" is found in "é" and "가" in "각", but not "é" in "e". It finds more by
/// full case folding ("SS" in "ß", "FI" in the ligature) and because default ignorable characters,
/// as soft hyphens are, are dropped. Each character is folded by itself. Broken UTF-8 is repaired
/// first.
std::string casefold(std::string_view utf8);

/// Changes when casefold() does: texts folded under another name are to be folded anew.
std::string casefold_name();

}  // namespace mail
