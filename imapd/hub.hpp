// From the change feed to the sessions of this process: the one reader of the feed's descriptor,
// and who watches which mailbox. A bell rings on its session's own executor, so a session needs no
// lock. The truth is in the store; a bell only says when to look.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "mailstore/change_feed.hpp"
#include "tls/asio.hpp"

namespace imapd {

/// One session's bell, owned by the session: when it goes, nothing rings any more. `ring` and
/// `stop` are called on the session's executor.
struct Bell {
  asio::any_io_executor executor;
  std::function<void()> ring;
  std::function<void()> stop;
  mailstore::AccountId account = 0;  ///< what is watched; guarded by the hub
  mailstore::MailboxId mailbox = 0;
};

class Hub {
 public:
  explicit Hub(mailstore::ChangeFeed& feed) : feed_(feed) {}

  std::shared_ptr<Bell> join(asio::any_io_executor executor, std::function<void()> ring,
                             std::function<void()> stop);
  void watch(const std::shared_ptr<Bell>& bell, mailstore::AccountId account,
             mailstore::MailboxId mailbox);
  void leave(const std::shared_ptr<Bell>& bell);

  /// Also told of every change of any account, on the thread of `listen`.
  void on_change(std::function<void(const mailstore::Change&)> observer) {
    observer_ = std::move(observer);
  }
  /// Reads the feed until `io` stops.
  void listen(asio::io_context& io);
  /// Asks every session to end.
  void stop_all();

 private:
  asio::awaitable<void> read_feed();
  void deliver(const mailstore::Change& change);

  mailstore::ChangeFeed& feed_;
  std::function<void(const mailstore::Change&)> observer_;
  std::mutex mutex_;
  std::multimap<mailstore::AccountId, std::shared_ptr<Bell>>
      bells_;  ///< by account watched, 0: none
};

}  // namespace imapd
