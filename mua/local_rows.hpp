// Messages of the local store as the commands for scripts name and show them.
#pragma once

#include <string>
#include <vector>

#include "mua/account.hpp"
#include "mua/rows.hpp"
#include "mua/sync/folders.hpp"

namespace mua {

/// The folder of that name. Failure (not found) says how it comes here.
sync::Folder require_folder(sync::LocalStore& store, const std::string& mailbox);

/// As FETCH would have answered. What has no UID yet, because its move is under way, has uid 0.
Row row_of(const sync::Folder& folder, std::uint32_t uid_validity, const sync::Header& header);

}  // namespace mua
