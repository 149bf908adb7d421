// Taking back what a person did, by the journal: what the server was not told of yet is undone, of
// what it was told the opposite is entered. Each call is one transaction and takes a few
// milliseconds; the screen makes it on its own thread and then calls Engine::journal_changed().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mua/sync/journal.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// What undo did, in words, and what the screen has to open again.
struct Undone {
  std::string what;  ///< "delete 3 messages"
  Action action = Action::kFlag;
  std::vector<MessageId> messages;  ///< taken back; where the cursor may go
  std::size_t stayed = 0;        ///< that are no longer where the deed had left them: they stay so
  std::optional<DraftId> draft;  ///< of a mail that wasn't sent: it is a draft again

  bool nothing() const { return stayed > 0 && messages.empty(); }
};

/// "taken back: delete 3 messages", and what of it could not be.
std::string undone_text(const Undone& undone);

class Undo {
 public:
  explicit Undo(LocalStore& store) : store_(store), database_(store.database()) {}

  /// Takes back the latest batch that can be: what waits is undone, of what is done the inverse is
  /// entered, for what is still where it was left. A mail that is on its way or sent can't be.
  /// nullopt: there is nothing.
  std::optional<Undone> take_back_latest(std::int64_t now);
  /// When what that would take back was done, seconds since 1970.
  std::optional<std::int64_t> time();
  /// What it would take back, in words: "delete 3 messages".
  std::optional<std::string> label();
  /// The subject of the last mail that was sent at `since` or later, after all that undo could take
  /// back, and is on its way or gone. It and those before it are told no more.
  std::optional<std::string> next_gone(std::int64_t since);
  /// An entry of the outbox that waits or failed; its mail is a draft again.
  std::optional<Undone> take_back(EntryId entry, std::int64_t now);

 private:
  LocalStore& store_;
  mailstore::Database& database_;
};

}  // namespace mua::sync
