// queue.db: messages that were accepted and not yet delivered everywhere. One committer thread
// gathers every transaction that waits, acceptances and outcomes alike, and commits them with one
// sync. A state moves only here; docs/store.md has the table of legal moves. Safe from every
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mailstore/content.hpp"
#include "mailstore/directory.hpp"

namespace mailstore {

using QueueId = std::int64_t;

/// queued → delivered | failed (and deferred: queued with a later next_attempt) | held.
enum class RecipientState { kQueued, kDelivered, kFailed, kHeld };

/// One recipient as RCPT named it and as it was resolved.
struct QueuedRecipient {
  std::int32_t number = 0;  ///< index in the message, part of the delivery id; set by `accept`
  mail::Address address;    ///< where it goes
  std::string original;     ///< the address as RCPT gave it
  AccountId account = 0;    ///< local account, 0: elsewhere
  RecipientState state = RecipientState::kQueued;
  std::int32_t attempts = 0;
  std::int64_t next_attempt = 0;  ///< seconds since 1970; 0 on `accept`: from received_at on
  std::string last_reply;         ///< what the other side said last
  std::string notify, orcpt;      ///< DSN parameters as given (RFC 3461), "" if absent
  bool delay_told = false;        ///< the sender was told of the delay
  std::string forwarded_by;       ///< the local address that sends it outside, "" if none does
};

struct QueuedMessage {
  QueueId id = 0;
  std::string name;  ///< what logs and people call it, unique: epoch and id
  mail::Address sender;
  std::string login;       ///< authenticated user, "" if none
  Content content;         ///< with our Received field, without Return-Path
  std::uint64_t size = 0;  ///< octets of the content, told by `list_queue` too; set by `accept`
  std::int64_t received_at = 0;
  bool smtputf8 = false;
  std::string body = "7BIT";  ///< BODY= as given: 7BIT, 8BITMIME, BINARYMIME
  std::string ret, envid;     ///< DSN parameters, "" if absent
  bool requiretls = false;    ///< MAIL had REQUIRETLS (RFC 8689)
  std::string message_id;     ///< of the header, "" if it has none
  std::vector<QueuedRecipient> recipients;

  /// Names one delivery for ever: an epoch of this queue.db, the id, the recipient's number.
  std::string delivery_id(const QueuedRecipient& recipient) const {
    return name + "." + std::to_string(recipient.number);
  }
};

/// Why a state moves: it was tried, or somebody decided so.
enum class Cause { kAttempt, kDecision };

/// What becomes of one recipient.
struct Outcome {
  QueueId message = 0;
  std::int32_t recipient = 0;
  RecipientState state = RecipientState::kDelivered;
  std::int64_t next_attempt = 0;  ///< for kQueued: when to try again
  std::string reply;
  Cause cause = Cause::kAttempt;
  bool delay_told = false;  ///< true: the sender was told of the delay, and is not told again
};

/// A recipient that is due, as one sees it who decides whose turn it is.
struct DueRecipient {
  QueueId message = 0;
  std::int32_t number = 0;
  std::int64_t next_attempt = 0;
  AccountId account = 0;  ///< 0: elsewhere
  std::string domain;     ///< of the recipient
  mail::Address sender;   ///< of the message
};

/// How far a pass over what is due has come: recipients are passed by next_attempt, message,
/// number.
struct DueCursor {
  std::int64_t next_attempt = -1;
  QueueId message = 0;
  std::int32_t number = 0;
};

class Queue {
 public:
  /// Opens queue.db below `data` and starts the committer. A second process on the same data throws
  /// StoreError that names the process holding it (a lock file with its pid).
  /// `step` is for fault injection in tests: called on the committer's thread before every step
  /// that leaves a trace on disk, with its SQL or name.
  Queue(const std::filesystem::path& data, std::uint64_t inline_limit,
        std::function<void(std::string_view)> step = {});
  ~Queue();  ///< commits what waits
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  /// A place to receive a message into.
  Staging stage() const;

  /// kMayBlock: the calling thread may become the committer's for one commit, which is quicker
  /// where nobody else waits for that thread.
  enum class Caller { kGoesOn, kMayBlock };

  /// Takes the message for delivery. `done` is called on the committing thread once it is synced,
  /// with the message as stored (id and name set), or with the exception that kept it from being
  /// so. It must be quick and must not throw.
  using Accepted = std::function<void(std::shared_ptr<const QueuedMessage>, std::exception_ptr)>;
  void accept(QueuedMessage message, Accepted done, Caller caller = Caller::kGoesOn);

  /// Records outcomes, all of them or none; a message whose recipients are all delivered or failed
  /// has left the queue then, and is removed from the disk with others, by `tidy`. `done` (may be
  /// empty) is called as accept's once that is synced, which may be 50 ms later: outcomes ride
  /// along with acceptances, and losing one in a crash only means a repeated delivery, which its
  /// delivery id makes harmless. A message that is gone is passed over (it was told of before); a
  /// move that is not legal is a StoreError.
  void record(std::vector<Outcome> outcomes, std::function<void(std::exception_ptr)> done);

  /// Messages with a recipient that is due at `now`, at most `most`, those due longest first, with
  /// all their recipients; for start-up and retries. Outcomes recorded before are seen. A message
  /// whose file is lost is held, with the reason as its recipients' last_reply.
  std::vector<std::shared_ptr<const QueuedMessage>> due(std::int64_t now, std::size_t most) const;
  /// Recipients after `from` that are due at `now`, at most `most`, those due longest first,
  /// without reading their messages. What was recorded last may not be seen yet: look again with
  /// `read` before anything is sent.
  std::vector<DueRecipient> due_after(const DueCursor& from, std::int64_t now,
                                      std::size_t most) const;
  /// Those of the messages that are still there, with all their recipients, in the order asked for.
  /// A message whose file is lost is held, as by `due`, and left out.
  std::vector<std::shared_ptr<const QueuedMessage>> read(const std::vector<QueueId>& ids) const;
  /// Those of the delivery ids that this queue once gave and will never deliver again: the message
  /// is gone, or the recipient is done with.
  std::vector<std::string> finished(const std::vector<std::string>& delivery_ids) const;
  /// Removes what has left the queue, 2,000 messages at most, and for a while after the start looks
  /// for more of it that a crash has left; true: there is more to remove. For once a second or so:
  /// the more have gathered, the less each costs. Blocks for some ten milliseconds.
  bool tidy();
  /// When the next recipient becomes due, of those that are not at `after`; nullopt: there is none.
  std::optional<std::int64_t> next_due(std::int64_t after = -1) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What `mailctl queue list` shows, oldest first; read without the lock, while smtpd runs. The
/// contents are left out: `size` tells how large they are.
std::vector<QueuedMessage> list_queue(const std::filesystem::path& data);

}  // namespace mailstore
