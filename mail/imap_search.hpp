// SEARCH as plain data (RFC 9051 §6.4.4, RFC 3501 §6.4.4, RFC 4731, RFC 5032, RFC 5182, RFC 6203,
// RFC 7162 §3.1.5, RFC 9738): criteria as a mail::SearchKey whose texts are UTF-8 whatever CHARSET
// the client used.
#pragma once

#include <string>
#include <string_view>

#include "mail/fuzzy_key.hpp"
#include "mail/imap_lexer.hpp"
#include "mail/search_key.hpp"
#include "mail/search_return.hpp"

namespace mail {

struct SearchArguments {
  SearchReturn wants;
  std::string charset;  ///< as given, "" if none
  SearchKey key;
  bool uses_mod_seq = false;  ///< MODSEQ stands in the criteria: answer with it (RFC 7162 §3.1.5)
  bool uses_saved = false;    ///< "$" stands in the criteria
  bool uses_fuzzy = false;    ///< FUZZY stands there: then there is a relevancy
};

/// `saved`: the UIDs "$" stands for. An unknown charset is no syntax error: see `decode_charset`.
ImapResult<SearchArguments> parse_search(std::string_view arguments, const SequenceSet& saved);

/// The criteria, to the end of the command, for SORT and THREAD (RFC 5256); what is wrong stays in
/// the lexer.
void parse_search_criteria(ImapLexer& lexer, const SequenceSet& saved, SearchArguments& search);

/// Turns the texts of `key` from `charset` into UTF-8 and resolves FUZZY to that degree; false when
/// nobody knows the charset (BADCHARSET).
bool decode_charset(SearchKey& key, const std::string& charset,
                    Looseness looseness = Looseness::kStems);

/// Whether the criteria name messages by sequence number.
bool uses_sequence_numbers(const SearchKey& key);

}  // namespace mail
