// One recipient as it was named becomes those of the queue: mailboxes here, and addresses elsewhere
// with the name of who sends the mail there. Pure.
#pragma once

#include <vector>

#include "mailstore/queue.hpp"

namespace mailstore {

/// Numbered from 0. Empty for a local address that leads nowhere.
std::vector<QueuedRecipient> expand(const mail::Address& named, const Resolution& where);

}  // namespace mailstore
