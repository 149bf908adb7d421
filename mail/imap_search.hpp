// SEARCH as plain data (RFC 9051 §6.4.4, RFC 3501 §6.4.4, RFC 4731, RFC 5032, RFC 5182, RFC 7162
// §3.1.5): criteria as a mail::SearchKey whose texts are UTF-8 whatever CHARSET the client used.
#pragma once

#include <string>
#include <string_view>

#include "mail/imap_lexer.hpp"
#include "mail/search_key.hpp"

namespace mail {

/// RETURN (MIN MAX ALL COUNT SAVE).
struct SearchReturn {
  bool given = false;  ///< the answer is ESEARCH
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
};

struct SearchArguments {
  SearchReturn wants;
  std::string charset;  ///< as given, "" if none
  SearchKey key;
  bool uses_mod_seq = false;  ///< MODSEQ stands in the criteria: answer with it (RFC 7162 §3.1.5)
};

/// `saved`: the UIDs "$" stands for. An unknown charset is no syntax error: see `decode_charset`.
ImapResult<SearchArguments> parse_search(std::string_view arguments, const SequenceSet& saved);

/// Turns the texts of `key` from `charset` into UTF-8; false when nobody knows it (BADCHARSET).
bool decode_charset(SearchKey& key, const std::string& charset);

}  // namespace mail
