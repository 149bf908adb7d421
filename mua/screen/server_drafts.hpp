// Letters in the server's Drafts: put there every minute of writing and when they are closed, in
// place of what was there of them (they keep their Message-ID), so that they can be gone on with
// elsewhere. What is to be encrypted is never put there.
#pragma once

#include <optional>
#include <string>

#include "mua/sync/model.hpp"

namespace mua::screen {

class Client;

/// The letter that is written, if it has changed and can be put there without being felt.
void put_draft(Client& client);
/// Puts it there and stops writing.
void postpone(Client& client, const std::string&);
/// It goes, here and there.
void discard(Client& client);
/// The one that is still being written here, of a copy on the server.
std::optional<sync::DraftId> local_draft_of(Client& client, const std::string& message_id);

}  // namespace mua::screen
