// Deliveries are committed without a sync, because the queue holds the message until
// sync_accounts.hpp made them durable. A power cut may therefore take back a delivery whose UID a
// client has seen. The queue delivers it again, and this makes sure that it gets a number nobody
// has seen: the first time an account is opened in another boot of the machine, its UIDs, MODSEQs
// and content ids skip ahead by more than can have been given without a sync. Private to the room.
#pragma once

#include <cstdint>
#include <string>

#include "mailstore/sqlite.hpp"

namespace mailstore {

/// UIDs and MODSEQs a mailbox, and content ids an account skips; far above what is delivered
/// between two syncs, and UIDs last for 42,000 boots.
inline constexpr std::int64_t kBootGap = 100'000;

/// The kernel's name for the time since the machine was started.
std::string this_boot();

/// Skips ahead if `boot` is not the one the account was last opened in; synced before it returns.
void enter_boot(Database& account, const std::string& boot);

}  // namespace mailstore
