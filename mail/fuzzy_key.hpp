// FUZZY search (RFC 6203): what somebody meant, put as search keys that are answered exactly, so
// that the index serves it and an answer can be explained. Three degrees: the text as it stands;
// all its words, in any order; all its words without their endings ("breaks" finds "break"). Keys
// that look at no text are matched as they are (RFC 6203 §5). Pure.
#pragma once

#include "mail/search_key.hpp"

namespace mail {

enum class Looseness { kExact, kWords, kStems };

/// `key` with each FUZZY resolved to that degree; its texts are UTF-8 already.
SearchKey loosened(SearchKey key, Looseness looseness);

/// Of the best degree that a message matches (RFC 6203 §4: 1 to 100).
int relevancy(Looseness matched);

}  // namespace mail
