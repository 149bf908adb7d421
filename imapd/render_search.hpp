// The answer to SEARCH: SEARCH for those who ask as RFC 3501 does, ESEARCH else (RFC 9051 §7.3.3,
// RFC 4731, RFC 9394, RFC 6203), which SORT and the ESEARCH command use as well. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imapd/selected.hpp"
#include "mail/imap_search.hpp"

namespace imapd {

/// What was found, as the command counts messages, in the order of the answer.
struct Found {
  std::vector<std::uint32_t> numbers;
  Numbering numbering = Numbering::kSequence;
  std::optional<mailstore::ModSeq> mod_seq = {};  ///< highest of them, when the criteria had MODSEQ
  std::vector<int> scores = {};                   ///< of RELEVANCY, beside `numbers`
  std::string mailbox = {};                       ///< ` MAILBOX x UIDVALIDITY n` (RFC 7377 §2.1)
};

/// "* SEARCH 2 84 882 (MODSEQ 917162500)"
std::string render_search(const Found& found);
/// "* ESEARCH (TAG "a1") UID COUNT 17 ALL 4:18,21,28"; "" when only SAVE was asked for.
std::string render_esearch(std::string_view tag, const mail::SearchReturn& wants,
                           const Found& found);

}  // namespace imapd
