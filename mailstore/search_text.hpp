// The decoded text in which SEARCH looks, folded for comparison (mail/searchable.hpp), and the
// verdict on one message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/search_key.hpp"

namespace mailstore {

/// All that any text key can find in a message: what the index covers.
std::string searchable_text(std::string_view message);

/// What SUBJECT can find: the Subject: fields, a NUL between them; nullopt when there is none. Line
/// ends and NULs within one are blanks.
std::optional<std::string> searchable_subjects(std::string_view message);
/// Whether the key asks for them.
bool asks_for_subject(const mail::SearchKey& key);

/// Whether a kHeader, kBody or kText key matches; `folded` is its casefolded text. For kHeader the
/// header of the message is enough.
bool text_matches(const mail::SearchKey& key, std::string_view folded, std::string_view message);

}  // namespace mailstore
