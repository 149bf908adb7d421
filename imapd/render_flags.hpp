// Flags as FETCH, FLAGS and PERMANENTFLAGS show them (RFC 9051 §7.3.5, §7.5.2).
#pragma once

#include <string>
#include <vector>

#include "mail/rights.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

enum class Recency { kOld, kRecent };

/// SELECT or EXAMINE.
enum class Access { kReadWrite, kReadOnly };

/// "FLAGS (\Seen $label1 \Recent)".
void append_flags(std::string& out, mailstore::FlagBits flags,
                  const std::vector<std::string>& keywords, Recency recency = Recency::kOld);

/// "* FLAGS (...)" and "* OK [PERMANENTFLAGS (...)] ..." as whole lines; a mailbox that can't be
/// written has no permanent flags; else they are those the user has the rights to (RFC 4314
/// §5.1.1).
void append_mailbox_flags(std::string& out, const std::vector<std::string>& keywords, Access access,
                          mail::Rights rights = mail::Rights::all());

}  // namespace imapd
