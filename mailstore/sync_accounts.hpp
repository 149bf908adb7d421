// Makes deliveries durable, many accounts at a time: the second half of `deliver`, which commits
// without a sync. Until it has returned, the queue must not be told that they were made.
#pragma once

#include <filesystem>
#include <vector>

#include "mailstore/errors.hpp"

namespace mailstore {

/// Syncs what was delivered to the accounts in these folders, which lie on one file system. A few
/// are synced one by one; many share one sync of the file system, whose journal they would
/// otherwise each wait for. Throws StoreError: then nothing may be taken for durable.
void sync_accounts(const std::vector<std::filesystem::path>& folders);

}  // namespace mailstore
