// Recipients that are not tried because it is known what would come of it: the next hop is dead,
// DNS refuses the domain. They are settled a few at a time, with pauses while others are busy and
// no faster than the disk takes it, so that fifty thousand of them are in nobody's way and not in
// memory together. One I/O thread's.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "smtpd/held.hpp"
#include "smtpd/opener.hpp"

namespace smtpd {

struct Refusal {
  std::string reply;  ///< as if a server had said it, 4yz or 5yz
  std::string host;   ///< who did, "" if nobody
  std::int64_t not_before = 0;
};

/// Attempts that were none.
std::vector<Attempt> refused(const std::vector<Job>& jobs, const Refusal& refusal);

class Refusals {
 public:
  /// `pause` says how long to leave the machine to others after a batch.
  using Pause = std::function<std::chrono::milliseconds()>;
  Refusals(asio::io_context& io, tls::WorkerPool& workers, OpenParcels open, Settle settle,
           Pause pause);

  void add(Parcel parcel, std::shared_ptr<const Refusal> refusal);
  /// Those that were not settled yet, which are refused no more.
  std::vector<Parcel> take_back();

 private:
  using Waiting = std::pair<Parcel, std::shared_ptr<const Refusal>>;

  asio::awaitable<void> run();
  std::vector<Waiting> next_batch();
  std::vector<Attempt> refuse(const std::vector<Waiting>& batch) const;
  asio::awaitable<void> leave_to_others();

  asio::io_context& io_;
  tls::WorkerPool& workers_;
  OpenParcels open_;
  Settle settle_;
  Pause pause_;
  std::deque<Waiting> waiting_;
  Held unsettled_;  ///< attempts
  bool running_ = false;
};

}  // namespace smtpd
