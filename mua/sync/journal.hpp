// The journal of an account: everything a person did that the server has to hear of, in order. An
// entry is on disk before its effect is seen, is replayed to the server when there is a connection,
// and says in the end what became of it. Undo, work without a server and the outbox all are this
// table. The states and the only moves between them (docs/mua.md tells what each means):
//
//   waiting ──► running ──► done                         flag, move, expunge, append
//   waiting ──► running ──► handing ──► sent ──► done    send: accepted, then its copy filed
//   running ──► waiting                                  the connection was lost
//   handing ──► asking                                   lost, nobody knows whether it was sent
//   asking ──► done, failed                              it is in Sent; it is not: one decides
//   running, handing ──► failed                          refused; `said` has the server's words
//   failed ──► waiting                                   tried again
//   waiting, failed ──► undone                           taken back
//
// Whoever starts finds `running` of a process that was killed and puts it back to `waiting`, and
// `handing` to `asking`: nothing is lost, and nothing is sent twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/flags.hpp"
#include "mua/sync/content.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

enum class Action { kFlag, kMove, kExpunge, kSend, kAppend };
enum class EntryState { kWaiting, kRunning, kHanding, kAsking, kSent, kDone, kFailed, kUndone };
std::string_view name_of(Action action);
std::string_view name_of(EntryState state);
/// The table above.
bool may_move(EntryState from, EntryState to);

/// A message that an entry is about, and where it was before.
struct EntryMessage {
  MessageId message = 0;
  std::uint32_t uid = 0;  ///< in Entry::folder; 0: not known
  bool operator==(const EntryMessage&) const = default;
};

struct Entry {
  EntryId id = 0;
  std::int64_t batch = 0;  ///< entries of one batch are undone together
  Action action = Action::kFlag;
  EntryState state = EntryState::kWaiting;
  std::int64_t made_at = 0;     ///< seconds since 1970
  std::int64_t not_before = 0;  ///< milliseconds since 1970
  FolderId folder = 0;          ///< of its messages; of kAppend the one to append to
  FolderId target = 0;          ///< of kMove
  std::string flag;             ///< of kFlag: one, "\Seen" or a keyword
  /// Of kFlag: set or taken away; of kSend: a draft again when undone; of kAppend: added, or put in
  /// place of what the folder has of its Message-ID.
  bool set = true;
  std::string label;                    ///< for people: "delete 3 messages", the subject of a mail
  std::string message_id;               ///< of kSend and kAppend, with angle brackets
  std::string sender;                   ///< of kSend
  std::vector<std::string> recipients;  ///< of kSend: those who still have to get it
  mail::FlagSet flags;                  ///< of kAppend
  ContentId content = 0;                ///< of kSend and kAppend until it is done; 0: nothing
  bool files_copy = true;               ///< of kSend: a copy goes into Sent
  std::optional<MessageId> answered, forwarded, supersedes;  ///< see Outgoing
  unsigned tries = 0;
  std::string said;    ///< what the server said, or what went wrong
  std::string advice;  ///< what to do about it
};

class Journal {
 public:
  explicit Journal(LocalStore& store) : database_(store.database()) {}

  std::optional<Entry> find(EntryId id);
  std::vector<EntryMessage> messages(EntryId id);
  /// The octets of what is sent or appended, to be read while the entry needs them.
  mail::PieceSource octets(const Entry& entry) { return content_source(database_, entry.content); }
  /// The same in memory; "" for none.
  std::string content(EntryId id);

  /// Neither done nor undone, the oldest first: what the outbox and the status line show.
  std::vector<Entry> unfinished();
  /// Of those, what is to be sent (kSend).
  std::vector<Entry> outbox();

  // --- For the engine ---

  /// The next for the IMAP session: the oldest that is due, of flag, move, expunge, append, and of
  /// send what waits for its copy or for the question to Sent. Never one whose messages an earlier
  /// unfinished entry is about.
  std::optional<Entry> next_for_session(std::int64_t now_ms);
  /// The next to submit.
  std::optional<Entry> next_to_send(std::int64_t now_ms);
  /// When the next one is due, milliseconds since 1970: of all, and of what is to be submitted.
  std::optional<std::int64_t> next_due();
  std::optional<std::int64_t> next_due_to_send();

  /// From waiting to running. False: it waits no more, somebody took it back since it was read.
  bool begin(EntryId id);
  /// In a write transaction of its own; std::logic_error for a move that the table doesn't have.
  void move(EntryId id, EntryState to);
  void fail(EntryId id, const std::string& said, const std::string& advice);
  /// Not before that time, and back to waiting unless it waits for its copy or an answer.
  void postpone(EntryId id, std::int64_t not_before_ms, const std::string& said);
  /// Accepted for all but these: it is sent, and a second entry for them has failed.
  void split(EntryId id, const std::vector<std::string>& refused, const std::string& said,
             const std::string& advice);
  /// After a start: see above. What was finished a week ago is forgotten.
  void recover(std::int64_t now);

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync
