// One connection to the IMAP server from the login to its end, and what is done on it: what a
// person waits for first, then the journal, then the folder in view, then everything else; when
// nothing is left it idles until something comes or is asked.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <string>

#include "mua/sync/events.hpp"
#include "mua/sync/folder_look.hpp"
#include "mua/sync/mailbox_sync.hpp"
#include "mua/sync/replay.hpp"
#include "mua/sync/servers.hpp"
#include "mua/sync/wishes.hpp"

namespace mua::sync {

class Conversation {
 public:
  /// `store`, `events` and `wishes` outlive it.
  Conversation(Account account, std::string password, LocalStore& store, Events& events,
               Wishes& wishes);

  /// Connects, logs in, compresses where that is offered. Failure.
  asio::awaitable<void> open();
  /// Works until `end`, or Failure when the connection is lost.
  asio::awaitable<void> work();
  /// Something was wished for, or the journal has something new.
  void poke() { session_.interrupt(); }
  /// Finishes what it is at, and says LOGOUT.
  void end();
  /// Finishes nothing.
  void abandon() { session_.abandon(); }

 private:
  asio::awaitable<bool> do_wished();
  asio::awaitable<bool> do_journal();
  asio::awaitable<bool> do_shown();
  asio::awaitable<bool> do_others();
  asio::awaitable<void> rest();
  asio::awaitable<void> text(MessageId message);
  asio::awaitable<void> part(PartWish wish);
  asio::awaitable<void> search(SearchWish wish);
  asio::awaitable<void> ask_folder(FolderId folder, SearchWish& wish);
  asio::awaitable<bool> enter(FolderId folder);
  FolderId shown();
  bool may_rest();
  std::chrono::milliseconds longest_rest();
  std::chrono::milliseconds between_looks() const;
  void go_on_later(FolderId folder);
  void say(Link link);

  LocalStore& store_;
  Events& events_;
  Wishes& wishes_;
  ImapSession session_;
  MailboxSync mailbox_;
  FolderLooks looks_;
  Journal journal_{store_};
  Servers servers_{store_};
  Replay replay_;
  std::deque<FolderId> stale_;  ///< other folders that changed
  std::chrono::steady_clock::time_point looked_{}, left_shown_{};
  std::optional<Link> said_;
  bool ending_ = false;
};

std::int64_t now_seconds();
std::int64_t now_milliseconds();

}  // namespace mua::sync
