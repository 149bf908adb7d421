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

  /// An entry of the outbox at once, without what is left of its delay; a failed one again.
  void send_now(EntryId entry, std::int64_t now);

 private:
  ContentId kept(const std::string& content, std::int64_t now);

  LocalStore& store_;
  mailstore::Database& database_;
};

}  // namespace mua::sync
