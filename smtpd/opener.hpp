// Messages that wait on disk, read when their turn comes. Who asks while others are being read is
// read together with all who ask meanwhile: the more wait, the less a look at the disk costs each.
// One I/O thread's.
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "smtpd/parcel.hpp"
#include "tls/worker_pool.hpp"

namespace smtpd {

/// What of each parcel is still to be tried, in the order of the parcels; of one that can't be read
/// nothing is. Blocks, and doesn't throw (Dispatch::open).
using OpenParcels = std::function<std::vector<std::vector<Job>>(const std::vector<Parcel>&)>;

/// The jobs of a parcel that has its message, in its order.
std::vector<Job> jobs_of(const Parcel& parcel);

class Opener {
 public:
  /// Both must outlive it; `workers` run `open`, one call at a time.
  Opener(asio::io_context& io, tls::WorkerPool& workers, OpenParcels open);

  /// What of the parcel is still to be tried; without a look at the disk if it has its message.
  asio::awaitable<std::vector<Job>> open(Parcel parcel);

 private:
  struct Waiting {
    Parcel parcel;
    asio::steady_timer opened;
    std::vector<Job> jobs{};
  };

  asio::awaitable<void> run();
  std::vector<Waiting*> next_batch();

  asio::io_context& io_;
  tls::WorkerPool& workers_;
  OpenParcels open_;
  std::deque<Waiting*> waiting_;  ///< in the frames of those who ask
  bool running_ = false;
};

}  // namespace smtpd
