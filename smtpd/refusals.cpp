#include "smtpd/refusals.hpp"

#include <algorithm>
#include <iterator>

#include "smtpd/wait_until.hpp"

namespace smtpd {

namespace {

constexpr std::ptrdiff_t kBatch = 50;
// Read, given to be settled, and not on disk yet.
constexpr std::uint64_t kMostUnsettled = 1000;

}  // namespace

std::vector<Attempt> refused(const std::vector<Job>& jobs, const Refusal& refusal) {
  std::vector<Attempt> attempts;
  for (const Job& job : jobs) {
    Attempt attempt;
    attempt.job = job;
    attempt.end = refusal.reply.starts_with('5') ? Attempt::End::kFailed : Attempt::End::kDeferred;
    attempt.reply = refusal.reply;
    attempt.remote = refusal.host;
    attempt.not_before = refusal.not_before;
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

Refusals::Refusals(asio::io_context& io, tls::WorkerPool& workers, OpenParcels open, Settle settle,
                   Pause pause)
    : io_(io),
      workers_(workers),
      open_(std::move(open)),
      settle_(std::move(settle)),
      pause_(std::move(pause)) {}

void Refusals::add(Parcel parcel, std::shared_ptr<const Refusal> refusal) {
  // Memory for messages is for those that can go.
  if (open_ && std::ssize(waiting_) >= kBatch) parcel.message.reset();
  waiting_.emplace_back(std::move(parcel), std::move(refusal));
  if (running_) return;
  running_ = true;
  asio::co_spawn(io_, run(), asio::detached);
}

std::vector<Parcel> Refusals::take_back() {
  std::vector<Parcel> parcels;
  for (Waiting& one : waiting_) parcels.push_back(std::move(one.first));
  waiting_.clear();
  return parcels;
}

std::vector<Refusals::Waiting> Refusals::next_batch() {
  const auto end = waiting_.begin() + std::min(kBatch, std::ssize(waiting_));
  std::vector<Waiting> batch(std::move_iterator(waiting_.begin()), std::move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

std::vector<Attempt> Refusals::refuse(const std::vector<Waiting>& batch) const {
  std::vector<Parcel> closed;
  for (const auto& [parcel, refusal] : batch) {
    if (!parcel.message) closed.push_back(parcel);
  }
  auto opened = closed.empty() ? std::vector<std::vector<Job>>() : open_(closed);
  std::vector<Attempt> attempts;
  auto next = opened.begin();
  for (const auto& [parcel, refusal] : batch) {
    std::ranges::move(refused(parcel.message ? jobs_of(parcel) : *next++, *refusal),
                      std::back_inserter(attempts));
  }
  return attempts;
}

asio::awaitable<void> Refusals::run() {
  while (!waiting_.empty()) {
    const std::vector<Waiting> batch = next_batch();
    const std::function<std::vector<Attempt>()> refuse_all = [&] { return refuse(batch); };
    std::vector<Attempt> attempts = co_await workers_.run(0, refuse_all);
    for (Attempt& attempt : attempts) {
      attempt.job.message = unsettled_.hold(std::move(attempt.job.message), 1);
    }
    if (!attempts.empty()) settle_(std::move(attempts));
    if (!waiting_.empty()) co_await leave_to_others();
  }
  running_ = false;
}

asio::awaitable<void> Refusals::leave_to_others() {
  asio::steady_timer timer(io_, pause_());
  co_await timer.async_wait(asio::use_awaitable);
  co_await wait_until(io_, [this] { return unsettled_.sum() <= kMostUnsettled; });
}

}  // namespace smtpd
