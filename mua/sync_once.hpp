// The engine of the full screen without a screen: works until the local store and the server are in
// step, or says why they can't be.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "mua/account.hpp"
#include "mua/sync/events.hpp"

namespace mua {

struct SyncWatch {
  std::chrono::seconds longest{0};                  ///< 0: as long as it takes
  std::function<void(const sync::Event&)> heard{};  ///< looks on
  sync::EntryId entry = 0;  ///< to be waited for, however long it waits for its turn
};

struct SyncResult {
  std::size_t new_messages = 0;
  std::optional<Failure> failure;  ///< why it ended before it was done
};

/// On return nothing runs any more. Mails of the outbox that are due within half a minute are sent.
/// Throws Failure when the local store can't be opened.
SyncResult sync_once(const Account& account, const std::string& password, SyncWatch watch);

/// Throws its failure.
void require_synchronised(const SyncResult& result);

}  // namespace mua
