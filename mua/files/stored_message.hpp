// A message on its way between files and mailboxes: octets as IMAP has them (lines end in CRLF),
// with its flags and the moment it came.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/date.hpp"
#include "mail/flags.hpp"

namespace mua::files {

struct StoredMessage {
  std::string octets;
  mail::FlagSet flags;
  std::optional<mail::DateTime> received;
  std::string place;  ///< "old.mbox, octet 17" or the path of its file
};

/// What of two copies of a message is the same: its Message-ID, or without one who, when and what,
/// and its size.
std::string identity_of(std::string_view header, std::uint64_t size);

/// Every line end as CRLF, as IMAP wants it; a bare CR stays.
std::string with_crlf(std::string_view text);
/// CRLF as LF, as files have it.
std::string with_lf(std::string_view text);

}  // namespace mua::files
