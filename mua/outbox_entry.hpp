// An entry of the outbox on the command line.
#pragma once

#include <boost/json.hpp>

#include "mua/account.hpp"
#include "mua/common_options.hpp"
#include "mua/sync/journal.hpp"

namespace mua {

boost::json::object json_of_entry(const sync::Entry& entry);

/// Sends it now and prints what became of it. Failure when it is still to be sent, or refused.
void send_entry(const Account& account, sync::LocalStore& store, sync::EntryId id, Format format);

}  // namespace mua
