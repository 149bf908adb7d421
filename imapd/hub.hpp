// From the change feed to the sessions of this process: the one reader of the feed's descriptor,
// and who watches which mailboxes. A bell rings on its session's own executor, so a session needs
// no lock. The truth is in the store; a bell only says when, and where, to look.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "mailstore/change_feed.hpp"
#include "tls/asio.hpp"

namespace imapd {

/// What a session watches: one mailbox, or all there is in an account.
struct Place {
  mailstore::AccountId account = 0;
  /// nullopt: every mailbox of the account, and the list of them.
  std::optional<mailstore::MailboxId> mailbox;
  bool operator==(const Place&) const = default;
};

/// One session's bell, owned by the session: when it goes, nothing rings any more. `ring` and
/// `stop` are called on the session's executor.
struct Bell {
  asio::any_io_executor executor;
  std::function<void()> ring;
  std::function<void()> stop;
  std::vector<Place> places;               ///< guarded by the hub, as are those below
  std::vector<mailstore::Change> changes;  ///< rung and not taken yet, one a mailbox
};

class Hub {
 public:
  explicit Hub(mailstore::ChangeFeed& feed) : feed_(feed) {}

  std::shared_ptr<Bell> join(asio::any_io_executor executor, std::function<void()> ring,
                             std::function<void()> stop);
  /// Instead of what the bell rang for until now.
  void watch(const std::shared_ptr<Bell>& bell, std::vector<Place> places);
  /// One mailbox alone; account 0: nothing.
  void watch(const std::shared_ptr<Bell>& bell, mailstore::AccountId account,
             mailstore::MailboxId mailbox);
  /// What rang since the last call. A Change of account 0 among them: anything may have changed.
  std::vector<mailstore::Change> take(const std::shared_ptr<Bell>& bell);
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
  void enter(const std::shared_ptr<Bell>& bell);
  void remove(const std::shared_ptr<Bell>& bell);

  mailstore::ChangeFeed& feed_;
  std::function<void(const mailstore::Change&)> observer_;
  std::mutex mutex_;
  /// By account watched, once an account; 0: by those who watch nothing.
  std::multimap<mailstore::AccountId, std::shared_ptr<Bell>> bells_;
};

}  // namespace imapd
