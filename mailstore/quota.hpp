// What an account may hold and what it holds (RFC 9208). The limits stand in domain.db, for each
// account or as the settings' default; what is used are the counts that every mailbox keeps, so
// asking costs a read of the mailboxes' rows and no scan. Whatever adds messages (append.hpp,
// flags.hpp) or mailboxes (mailboxes.hpp) takes the limits and refuses with Failure::kOverQuota
// inside its own transaction, so that two writers can't fill the last place twice.
#pragma once

#include <cstdint>
#include <optional>

namespace mailstore {

class Account;

/// 0 is no limit.
struct Limits {
  std::uint64_t storage = 0;  ///< octets
  std::uint64_t messages = 0;
  std::uint64_t mailboxes = 0;
  bool any() const { return storage != 0 || messages != 0 || mailboxes != 0; }
  bool operator==(const Limits&) const = default;
};

/// What the administrator gave to one account; nullopt is the default of all.
struct OwnLimits {
  std::optional<std::uint64_t> storage{};
  std::optional<std::uint64_t> messages{};
  std::optional<std::uint64_t> mailboxes{};
  bool operator==(const OwnLimits&) const = default;
};

Limits effective(const OwnLimits& own, const Limits& otherwise);

struct Usage {
  std::uint64_t storage = 0;  ///< octets of all messages, a copy counted as often as it is there
  std::uint64_t messages = 0;
  std::uint64_t mailboxes = 0;
};

/// Inside a transaction it sees what the transaction did.
Usage usage(Account& account);

/// Whether so much more can go in.
bool has_room(const Limits& limits, const Usage& used, std::uint64_t more_storage,
              std::uint64_t more_messages);
/// The message alone is larger than all that the account may hold: waiting would not help it.
bool can_never_fit(const Limits& limits, std::uint64_t storage);

/// What \Deleted messages take, by RFC822.SIZE: STATUS DELETED-STORAGE.
std::uint64_t deleted_storage(Account& account, std::int64_t mailbox);

}  // namespace mailstore
