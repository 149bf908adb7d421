// One account's database, accounts/<id>/mail.db. An Account is one connection, used by one thread
// at a time (the programs serialize by account id in tls::WorkerPool); several processes may have
// the same account open. What can be done with it stands in mailboxes.hpp, append.hpp,
// messages.hpp, flags.hpp and search.hpp.
#pragma once

#include <filesystem>
#include <memory>

#include "mailstore/directory.hpp"

namespace mailstore {

class ChangeFeed;
class ContentFiles;  // content_files.hpp, private to the room
class Database;      // sqlite.hpp, private to the room
class ViewCache;     // view_cache.hpp, private to the room

using MailboxId = std::int64_t;
using Uid = std::uint32_t;
using ModSeq = std::uint64_t;

class Account {
 public:
  /// Opens, migrating an older schema after a snapshot; creates folder, INBOX and the special-use
  /// mailboxes (Drafts, Sent, Junk, Trash, Archive) when new. Throws StoreError that names the file
  /// when it is corrupt. `feed` may be null: then nobody is told of changes.
  Account(AccountId id, std::filesystem::path folder, std::uint64_t inline_limit, ChangeFeed* feed);
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  AccountId id() const;
  const std::filesystem::path& folder() const;
  std::uint64_t inline_limit() const;
  Database& database();  ///< for the room's own files
  ChangeFeed* feed();
  ViewCache& views();
  /// One for all accounts of a process, in place of its own.
  void share_views(std::shared_ptr<ViewCache> views);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Where the account keeps its large contents; for the room's own files.
ContentFiles content_files(const Account& account);
/// Removes files that a crash left between their creation and the commit that would have named
/// them.
void sweep_orphans(Account& account);
/// Removes folders of accounts whose making a crash cut short.
void sweep_unfinished_accounts(const std::filesystem::path& accounts);

}  // namespace mailstore
