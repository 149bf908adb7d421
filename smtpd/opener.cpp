#include "smtpd/opener.hpp"

#include <algorithm>
#include <utility>

namespace smtpd {

namespace {

// As many as are read in a few milliseconds, so that the first of them need not wait for more.
constexpr std::ptrdiff_t kReadAtOnce = 100;
// Not the sweep's, which goes on beside it.
constexpr std::uint64_t kReading = 1;

}  // namespace

std::vector<Job> jobs_of(const Parcel& parcel) {
  std::vector<Job> jobs;
  for (const mailstore::QueuedRecipient& recipient : parcel.message->recipients) {
    if (std::ranges::count(parcel.recipients, recipient.number) != 0) {
      jobs.push_back({parcel.message, &recipient});
    }
  }
  return jobs;
}

Opener::Opener(asio::io_context& io, tls::WorkerPool& workers, OpenParcels open)
    : io_(io), workers_(workers), open_(std::move(open)) {}

asio::awaitable<std::vector<Job>> Opener::open(Parcel parcel) {
  if (parcel.message) co_return jobs_of(parcel);
  Waiting waiting{std::move(parcel),
                  asio::steady_timer(io_, asio::steady_timer::time_point::max())};
  waiting_.push_back(&waiting);
  if (!std::exchange(running_, true)) asio::co_spawn(io_, run(), asio::detached);
  co_await waiting.opened.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return std::move(waiting.jobs);
}

std::vector<Opener::Waiting*> Opener::next_batch() {
  const auto end = waiting_.begin() + std::min(kReadAtOnce, std::ssize(waiting_));
  std::vector<Waiting*> batch(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

asio::awaitable<void> Opener::run() {
  while (!waiting_.empty()) {
    const std::vector<Waiting*> batch = next_batch();
    std::vector<Parcel> parcels;
    for (const Waiting* one : batch) parcels.push_back(one->parcel);
    const std::function<std::vector<std::vector<Job>>()> read = [&] { return open_(parcels); };
    std::vector<std::vector<Job>> jobs = co_await workers_.run(kReading, read);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i]->jobs = std::move(jobs[i]);
      batch[i]->opened.cancel();
    }
  }
  running_ = false;
}

}  // namespace smtpd
