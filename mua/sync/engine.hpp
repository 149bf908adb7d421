// The engine of an account: a thread of its own that owns IMAP and submission, keeps the local
// store as the server is, and replays the journal. It connects again by itself (0.2, 0.5, then
// every second while the person is there; slower when she is away). Every call returns at once;
// what comes of it is told by events and found in the local store.
//
//   Events events;
//   Engine engine(account, [account] { return mua::password_of(account); }, file, events);
//   engine.show(inbox);                       // the folder in view comes first
//   poll(events.fd()) → for (Event& event : events.take()) ...
//   actions.flag(...); engine.journal_changed();
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mail/search_key.hpp"
#include "mua/account.hpp"
#include "mua/sync/events.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

class Engine {
 public:
  /// `password` is called on the engine's thread, once for each login; what it throws is told as
  /// Link::kRefused. `events` outlives the engine.
  Engine(Account account, std::function<std::string()> password, std::filesystem::path store,
         Events& events);
  /// Says LOGOUT if that takes no second, and ends the thread.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// The folder in view: synchronised first, watched by IDLE.
  void show(FolderId folder);
  /// Structure and text of a message; TextReady, or BodyFailed. Those asked for last come first.
  void want_text(MessageId message);
  /// One part, an attachment; Progress, then PartReady or BodyFailed.
  void want_part(MessageId message, std::string number);
  /// Texts that will probably be read next, when nothing else is to do.
  void prefetch(std::vector<MessageId> messages);
  /// The journal has something new.
  void journal_changed();
  /// Asks the local index, then the server; answers are Found events of that number. An earlier
  /// search that still runs is dropped. Without a folder only the index is asked.
  void search(std::uint64_t number, std::optional<FolderId> folder, mail::SearchKey key);
  /// At once, instead of when the next try is due; also after kRefused.
  void reconnect();
  /// Whether somebody sits there: how soon a lost connection is tried again.
  enum class Presence { kThere, kAway };
  void set_presence(Presence presence);
  /// A look at all folders now.
  void refresh();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mua::sync
