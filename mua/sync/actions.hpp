// What a person does: each call writes the journal and changes the local store in one transaction,
// so that what is seen was written and a kill loses nothing. The screen calls these on its own
// thread and then Engine::journal_changed(). They take a few milliseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mail/compose.hpp"
#include "mua/sync/journal.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// How long a message removed for good, and a mail that says nothing else, can be taken back:
/// milliseconds.
inline constexpr std::int64_t kUndoDelay = 10'000;

/// A mail ready to go.
struct Outgoing {
  std::string sender;                   ///< the envelope's
  std::vector<std::string> recipients;  ///< the envelope's, each once
  std::string content;    ///< mail::compose with BccField::kKeep; Bcc goes as it is sent
  ContentId written = 0;  ///< of a ContentWriter, in place of `content`; 0: none
  std::string message_id, subject;
  /// What undo makes of it: the draft it was, or nothing (an answer to an invitation, a bounce).
  enum class TakenBack { kDraft, kGone };
  TakenBack taken_back = TakenBack::kDraft;
  DraftId draft = 0;                   ///< removed with the sending, and put back by undo; 0: none
  std::optional<MessageId> answered;   ///< gets \Answered once it is sent
  std::optional<MessageId> forwarded;  ///< gets $Forwarded
  /// A copy on the server's Drafts that it supersedes; removed once it is sent.
  std::optional<MessageId> supersedes;
  std::chrono::milliseconds wait{kUndoDelay};  ///< in the outbox, before it goes
  enum class Copy { kIntoSent, kNone };
  Copy copy = Copy::kIntoSent;
};

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

class Actions {
 public:
  explicit Actions(LocalStore& store) : store_(store), database_(store.database()) {}

  /// Of messages of any folders. Those that have it so already are left alone; nullopt when all
  /// have. `flag` is "\Seen", "\Flagged", "\Answered" or a keyword.
  enum class Change { kSet, kClear };
  std::optional<EntryId> flag(std::span<const MessageId> messages, const std::string& flag,
                              Change change, std::int64_t now);
  std::optional<EntryId> move(std::span<const MessageId> messages, FolderId target,
                              std::int64_t now);
  /// To Trash; what is there already is removed for good, after kUndoDelay.
  std::optional<EntryId> remove(std::span<const MessageId> messages, std::int64_t now);
  /// Waits in the outbox as long as it says.
  EntryId send(const Outgoing& mail, std::int64_t now);
  /// A message to put into a folder: a draft for the server's Drafts, an import.
  EntryId append(FolderId folder, const mail::FlagSet& flags, const std::string& content,
                 const std::string& message_id, std::int64_t now);
  /// The same of what a ContentWriter wrote.
  EntryId append(FolderId folder, const mail::FlagSet& flags, ContentId content,
                 const std::string& message_id, std::int64_t now);

  /// The draft in the folder that has the Message-ID of `content`, in place of all that has it
  /// there. Of drafts that the server was not told of yet only the last one stays.
  EntryId keep_draft(FolderId folder, const std::string& content, const std::string& message_id,
                     std::int64_t now);
  /// The same of what a ContentWriter wrote; 0: none stays.
  EntryId keep_draft(FolderId folder, ContentId content, const std::string& message_id,
                     std::int64_t now);
  /// The folder's drafts of that Message-ID go for good.
  void drop_draft(FolderId folder, const std::string& message_id, std::int64_t now);
  /// Where drafts of that Message-ID were put within a week.
  std::vector<FolderId> kept_drafts(const std::string& message_id);

  /// Takes back the latest batch that can be: what waits is undone, of what is done the inverse is
  /// entered, for what is still where it was left. A mail that is on its way or sent can't be.
  /// nullopt: there is nothing.
  std::optional<Undone> undo(std::int64_t now);
  /// When what undo would take back was done, seconds since 1970.
  std::optional<std::int64_t> undo_time();
  /// What undo would do next: "delete 3 messages".
  std::optional<std::string> undo_label();
  /// The subject of the last mail that was sent at `since` or later, after all that undo could take
  /// back, and is on its way or gone. It and those before it are told no more.
  std::optional<std::string> next_gone(std::int64_t since);

  /// An entry of the outbox at once, without what is left of its delay; a failed one again.
  void send_now(EntryId entry, std::int64_t now);
  /// An entry of the outbox that waits or failed; its mail is a draft again.
  std::optional<Undone> take_back(EntryId entry, std::int64_t now);

 private:
  ContentId kept(const std::string& content, std::int64_t now);

  LocalStore& store_;
  mailstore::Database& database_;
};

}  // namespace mua::sync
