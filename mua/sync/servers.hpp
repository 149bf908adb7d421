// What was learned of the account's server, kept for the next connection: the TLS session and what
// it can (mua/imap_session.hpp). Bound to the settings under which it was met, the CA's file
// included.
#pragma once

#include "mua/imap_session.hpp"
#include "mua/sync/local_store.hpp"

namespace mua::sync {

class Servers {
 public:
  explicit Servers(LocalStore& store) : database_(store.database()) {}

  /// Taken out: what does not lead to a session that works is not tried twice.
  ServerMemory take(const Account& account);
  void keep(const Account& account, const ServerMemory& memory);

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync
