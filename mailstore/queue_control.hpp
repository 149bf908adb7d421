// What a person does to the queue: looks at it, and decides on what waits. Works on queue.db
// itself, beside a running smtpd or without one: a decision is one transaction, on disk when it
// returns, and every move is asked of queue_moves first. Then smtpd is rung for. Nobody else's work
// is undone: what has been delivered meanwhile stays so, and an attempt under way is recorded all
// the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "mailstore/queue.hpp"
#include "mailstore/queue_filter.hpp"

namespace mailstore {

/// kRetry: queued recipients are due now. kRelease: held ones are queued and due now. kRemove:
/// queued and held ones have failed; a message with nobody left to deliver to is gone.
enum class Decision { kRetry, kHold, kRelease, kRemove };

struct QueueCounts {
  std::int64_t messages = 0;
  std::int64_t queued = 0, deferred = 0, held = 0;  ///< recipients
  std::optional<std::int64_t> oldest;               ///< when the oldest message was received
};

class QueueControl {
 public:
  /// Without a queue.db (smtpd has never run) the queue is empty. Throws StoreError when it is
  /// damaged or of another version.
  explicit QueueControl(const std::filesystem::path& data);
  ~QueueControl();
  QueueControl(const QueueControl&) = delete;
  QueueControl& operator=(const QueueControl&) = delete;

  /// The message that people call `name`, which may be shortened to the number at its end ("17");
  /// it may have left the queue. nullopt: that is no name of this queue's.
  std::optional<QueueId> find_id(std::string_view name) const;
  /// What it was called in full.
  std::string name_of(QueueId id) const;

  /// A message with all its recipients, without its content.
  std::optional<QueuedMessage> find(QueueId id) const;
  /// Messages with the recipients that match, oldest first, without contents; at most `most`.
  std::vector<QueuedMessage> find(const QueueFilter& filter, std::int64_t now,
                                  std::size_t most = SIZE_MAX) const;
  QueueCounts count() const;

  /// The report on a message whose recipients, the ones it is called with, were given up; nullopt:
  /// the sender is not told.
  using Reporter = std::function<std::optional<QueuedMessage>(const QueuedMessage&)>;
  struct Decided {
    /// What moved: the recipients as they were before, without contents.
    std::vector<QueuedMessage> messages;
    /// For each of them the report that was queued, if one was.
    std::vector<std::optional<QueuedMessage>> reports;
    bool heard = false;  ///< smtpd runs, and was told
  };
  /// Reports are queued in the transaction that removes. Throws StoreError; then nothing is
  /// changed.
  Decided decide(Decision decision, const QueueFilter& filter, std::int64_t now,
                 const Reporter& report = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailstore
