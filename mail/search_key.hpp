// SEARCH criteria as a tree (RFC 9051 §6.4.4), shared by the IMAP server, which parses it, the
// store, which answers it, and the client, which writes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/sequence_set.hpp"

namespace mail {

/// One node. `kind` says which of the other fields it uses.
struct SearchKey {
  enum class Kind {
    kAll,
    kAnd,
    kOr,
    kNot,  // children
    kSequence,
    kUid,  // set
    kFlag,
    kRecent,
    kKeyword,  // system / text (keyword)
    kBefore,
    kOn,
    kSince,  // day, internal date
    kSentBefore,
    kSentOn,
    kSentSince,  // day, Date: header
    kSavedBefore,
    kSavedOn,
    kSavedSince,  // day, when it came into the mailbox (RFC 8514)
    kEmailId,
    kThreadId,  // text, an object id (RFC 8474)
    kLarger,
    kSmaller,  // number, octets
    kHeader,   // field (lower case) + text; empty text: the field is there
    kBody,
    kText,    // text
    kModSeq,  // number: mod-sequence at least this
    kOlder,
    kYounger,  // number, seconds (RFC 5032)
    kFuzzy,    // one child, what was meant (RFC 6203): `loosened` resolves it before a search
  };
  Kind kind = Kind::kAll;
  std::vector<SearchKey> children;
  SequenceSet set;
  std::uint8_t system = 0;  ///< a SystemFlag
  std::string field;
  std::string text;      ///< UTF-8, whatever CHARSET the client used
  std::int32_t day = 0;  ///< days since 1970-01-01, the client's calendar day without time zone
  std::uint64_t number = 0;
};

}  // namespace mail
