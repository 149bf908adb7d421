// How long work on an account is cut, so that no command keeps the others waiting. A long read or
// write is an object with
//
//   Progress step(Account& account, const Slice& slice);
//
// which goes on where it stopped, asks `slice.over()` after each unit of about a millisecond, and
// returns when it is. Between two slices other work is done on the account, also by other
// processes: so a step holds no Transaction or Statement open when it returns, and what it
// remembers are UIDs and content ids, which are never given twice; a message that vanished in
// between is passed over. A write commits what it did in each slice.
#pragma once

#include <chrono>
#include <cstdint>

namespace mailstore {

/// How far a long piece of work has come: `made` of `goal` units (messages); goal 0: not known.
struct Progress {
  bool done = false;
  std::uint64_t made = 0;
  std::uint64_t goal = 0;
};

/// One turn on the account: from its making to its length later.
class Slice {
 public:
  using Clock = std::chrono::steady_clock;
  /// Short beside the 100 ms nobody may wait for another, long beside what a change of turns costs.
  static constexpr Clock::duration kLength = std::chrono::milliseconds(10);

  explicit Slice(Clock::duration length = kLength) : end_(Clock::now() + length) {}
  /// One that never ends, for those who are alone with the account: tests, tools.
  static Slice endless() { return Slice(std::chrono::hours(24 * 365)); }

  bool over() const { return Clock::now() >= end_; }

 private:
  Clock::time_point end_;
};

}  // namespace mailstore
