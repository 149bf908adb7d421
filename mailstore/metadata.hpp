// Annotations of mailboxes and of the server (RFC 5464): named values, /shared among all who may
// read a mailbox or /private to one of them. They are kept in the account that owns the mailbox;
// those of the server (mailbox 0) in the user's own, because only private ones can be set. Entries
// are compared without regard to case. What was removed leaves a trace, so that changes can be
// told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_metadata.hpp"
#include "mailstore/account.hpp"

namespace mailstore {

struct Annotation {
  std::string entry;
  std::optional<std::string> value;  ///< nullopt: there is none, or remove it
};

/// Whose annotations: of the mailbox, or with 0 of the server, as `user` sees them.
struct MetadataPlace {
  MailboxId mailbox = 0;
  AccountId user = 0;
};

/// The entry, if there is such a one, and those below it as far as `depth` says, in order.
std::vector<Annotation> read_metadata(Account& account, const MetadataPlace& place,
                                      std::string_view entry, mail::MetadataDepth depth);

inline constexpr std::uint64_t kMaxAnnotation = 64u << 10;    ///< octets of a value
inline constexpr std::int64_t kMaxAnnotations = 1000;         ///< of a mailbox
inline constexpr std::int64_t kMaxAllAnnotations = 16 << 20;  ///< octets of an account

/// All or none; Failure::kTooLarge for a value beyond kMaxAnnotation, kOverQuota beyond the others,
/// kInvalidName for a special use that can't be set. "/private/specialuse" is the use that the
/// mailbox has for its owner (RFC 6154 §4).
Result<void, Failure> set_metadata(Account& account, const MetadataPlace& place,
                                   const std::vector<Annotation>& annotations);

struct MetadataChange {
  MailboxId mailbox = 0;
  std::string entry;
};
struct MetadataChanges {
  std::uint64_t now = 0;  ///< ask from here the next time
  std::vector<MetadataChange> changed;
};
/// What changed for `user`, removals too. `since` UINT64_MAX: only `now`.
MetadataChanges metadata_changes_since(Account& account, AccountId user, std::uint64_t since);

/// For RENAME of INBOX, which keeps its own (RFC 5464 §4.1); inside the caller's transaction.
void copy_metadata(Database& database, MailboxId from, MailboxId to);

}  // namespace mailstore
