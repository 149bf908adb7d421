// Looks at all folders: which there are, how much is in them, and which of them have changed. Where
// the server can, it is asked to tell that by itself from then on (NOTIFY, RFC 5465).
#pragma once

#include <vector>

#include "mua/sync/mailbox_sync.hpp"

namespace mua::sync {

class FolderLooks {
 public:
  /// All outlive it.
  FolderLooks(MailboxSync& mailbox, LocalStore& store, Events& events)
      : mailbox_(mailbox), store_(store), events_(events) {}

  /// LIST with STATUS in one round trip where the server can (RFC 5819), else STATUS for each.
  /// Returns those whose messages should be looked at: INBOX first, then by use and name.
  asio::awaitable<std::vector<FolderId>> all();

  /// The server told of changes in other folders.
  bool told() const { return !mailbox_.told().folders.empty(); }
  /// Of these alone.
  asio::awaitable<std::vector<FolderId>> those_told();
  /// There are others now, or by other names.
  bool told_of_names() const { return mailbox_.told().names; }

 private:
  bool can_be_told() const;
  void take_list(const std::vector<Answer>& answers);
  std::vector<FolderId> take_counts(const std::vector<Answer>& answers);
  asio::awaitable<std::vector<FolderId>> ask_each(std::vector<Folder> folders);

  MailboxSync& mailbox_;
  LocalStore& store_;
  Events& events_;
  Folders folders_{store_};
  bool asked_ = false;    ///< to be told
  bool changed_ = false;  ///< what the screen shows of folders
};

}  // namespace mua::sync
