// How an entry comes into the journal: with its messages, and with what it does to the local store.
// The caller has a write transaction. Private to the folder.
#pragma once

#include <vector>

#include "mua/sync/journal.hpp"

namespace mua::sync {

/// The first of a batch of its own, to be filled in and entered.
Entry new_entry(mailstore::Database& database, Action action, std::int64_t now);

/// Enters it with its messages, and does to the local store what it says.
EntryId enter(mailstore::Database& database, Entry entry,
              const std::vector<EntryMessage>& messages);

}  // namespace mua::sync
