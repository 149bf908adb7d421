// Whose turn it is: what has become due in the queue, a little at a time, and who is being seen to
// already. A recipient is with one attempt at a time. Nobody is kept waiting on disk by others who
// can't go: what has no room in memory is passed over and looked at again once there is some. What
// is on disk is the truth: forgetting everything here loses nothing. Safe from every thread.
#pragma once

#include <cstdint>
#include <limits>
#include <mutex>
#include <vector>

#include "mailstore/queue.hpp"
#include "smtpd/claims.hpp"
#include "smtpd/parcel.hpp"

namespace smtpd {

class Schedule {
 public:
  explicit Schedule(const mailstore::Queue& queue) : queue_(queue) {}

  /// Where a local recipient comes from: what is accepted goes before what was left over.
  enum class From { kAcceptance, kDisk };
  /// False: somebody has it, or there is no room; then it waits on disk for a later `next`.
  bool claim(const Job& job, From from);
  void release(mailstore::QueueId message, std::int32_t number);

  struct Turn {
    std::vector<mailstore::QueueId> local;           ///< messages with local recipients, unclaimed
    std::vector<mailstore::DueRecipient> elsewhere;  ///< claimed
  };
  /// The next of those that are due, none when there are none. Blocks; for one thread at a time.
  Turn next(std::int64_t now);
  /// When to ask again: 0 for at once.
  std::int64_t earliest() const;
  /// Somebody is due at that time: the queue on disk says so already.
  void expect(std::int64_t due);
  /// Begins again: what is on disk was changed by somebody else.
  void wake();

  /// What of each parcel is due, in their order, as the queue on disk has it; nobody sees to the
  /// rest any more. A parcel that can't be read is logged, and has none: a pass that begins later
  /// finds it again. Blocks.
  std::vector<std::vector<Job>> open(const std::vector<Parcel>& parcels, std::int64_t now);
  /// Nobody sees to it any more: it is looked for on disk at once.
  void let_go(const Parcel& parcel);

 private:
  bool begin(std::int64_t now);
  Turn claim_due(const std::vector<mailstore::DueRecipient>& due);
  void release(const Parcel& parcel);
  std::vector<std::vector<Job>> read(const std::vector<Parcel>& parcels, std::int64_t now);
  void pass(std::int64_t now, const std::vector<mailstore::DueRecipient>& due);

  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  const mailstore::Queue& queue_;
  mutable std::mutex mutex_;
  Claims claims_;
  mailstore::DueCursor cursor_;  ///< of the pass under way
  std::int64_t pass_begun_ = 0;
  bool anew_ = true;                ///< a pass is to begin
  std::int64_t found_ = 0;          ///< when the queue has the next one, as it was found last
  std::int64_t expected_ = kNever;  ///< the earliest of those told of since
};

}  // namespace smtpd
