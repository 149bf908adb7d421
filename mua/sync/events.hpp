// What an engine tells the screen. Events are hints: the truth is in the local store, from which
// the screen reads again what it shows. Equal ones are gathered, so that a long sync never fills
// the queue.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mua/sync/model.hpp"

namespace mua::sync {

enum class Link {
  kOffline,     ///< not connected; tries again by itself
  kConnecting,  ///< connecting and logging in
  kSyncing,     ///< connected, catching up
  kLive,        ///< connected, and what is here is what is there
  kRefused,     ///< the login or the certificate is refused: nothing is tried until `reconnect`
};

/// "live"
std::string_view name_of(Link link);

/// The state of the link, in words that name server and reason.
struct LinkChanged {
  Link link = Link::kOffline;
  std::string text;           ///< "mail.example.test:993: connection refused"
  std::string advice;         ///< what to do, or ""
  std::int64_t retry_at = 0;  ///< milliseconds since 1970, 0 if not
  /// What kept it from working; kStore: the connection is not what failed.
  enum class Cause { kServer, kStore };
  Cause cause = Cause::kServer;
};
struct FoldersChanged {};
struct FolderChanged {
  FolderId folder = 0;
};
/// Unread messages that came while the engine ran, for notifications.
struct NewMail {
  FolderId folder = 0;
  std::vector<MessageId> messages;
};
/// `total` 0: not known. `done` == `total`: over.
struct Progress {
  enum class What { kSync, kBody, kSend };
  What what = What::kSync;
  std::int64_t subject = 0;  ///< FolderId, MessageId or EntryId
  std::uint64_t done = 0, total = 0;
};
/// What is read of the message is in Bodies.
struct TextReady {
  MessageId message = 0;
};
struct PartReady {
  MessageId message = 0;
  std::string number;
};
struct BodyFailed {
  MessageId message = 0;
  std::string number;  ///< "" of the text
  std::string why;
};
struct JournalChanged {
  EntryId entry = 0;
};
/// Answers to Engine::search; the server's come after the local ones and are merged in by id.
struct Found {
  std::uint64_t search = 0;
  enum class From { kLocal, kServer };
  From from = From::kLocal;
  std::vector<MessageId> messages;
  bool more = false;
  std::string why;  ///< when it could not be asked
};
/// What the server wants people to read (ALERT).
struct Notice {
  std::string text;
};

using Event = std::variant<LinkChanged, FoldersChanged, FolderChanged, NewMail, Progress, TextReady,
                           PartReady, BodyFailed, JournalChanged, Found, Notice>;

/// A queue from one thread to another. `fd` can be read (poll(2)) while something is in it.
class Events {
 public:
  Events();
  ~Events();
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  int fd() const { return fd_; }
  void put(Event event);
  /// All there are, the oldest first; `fd` is quiet then.
  std::vector<Event> take();

 private:
  int fd_;
  std::mutex mutex_;
  std::vector<Event> events_;
};

}  // namespace mua::sync
