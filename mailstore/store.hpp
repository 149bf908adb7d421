// The store as a process uses it: the directory, the change feed, and open accounts kept in a
// least-recently-used cache, because two thousand idle connections must not hold two thousand
// databases.
#pragma once

#include <memory>

#include "conf/settings.hpp"
#include "mailstore/account.hpp"
#include "mailstore/change_feed.hpp"
#include "mailstore/content.hpp"
#include "mailstore/directory.hpp"

namespace mailstore {

class Store {
 public:
  /// Creates what is missing below settings.data (folders 0700).
  Store(const conf::Settings& settings, ChangeFeed::Mode feed);
  ~Store();

  Directory& directory();
  ChangeFeed& feed();
  /// The open account; shared so that the cache may drop it while somebody works. Safe from every
  /// thread, though the Account itself is one thread's at a time. Throws StoreError for a corrupt
  /// database, which then concerns this account alone.
  std::shared_ptr<Account> account(AccountId id);
  /// A connection of the caller's own to the account, for who needs it in another account's turn.
  std::unique_ptr<Account> separate_account(AccountId id);
  std::filesystem::path account_folder(AccountId id) const;
  /// What the account may hold: its own limits, else the settings'. Safe from every thread.
  Limits limits(AccountId id) const;
  Limits limits(const OwnLimits& own) const;
  /// The settings were read again.
  void set_quota(const conf::QuotaSettings& quota);
  /// A place to receive a message into that is to be appended.
  Staging stage() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailstore
