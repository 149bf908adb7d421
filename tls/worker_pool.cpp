#include "tls/worker_pool.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "conf/log.hpp"

namespace tls {

namespace {

// sched_attr of sched_setattr(2), for which glibc 2.36 has no header and the kernel's own can't be
// read beside glibc's.
struct SchedulingAttributes {
  std::uint32_t size = sizeof(SchedulingAttributes), policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0, deadline = 0, period = 0;  // ns
};

/// A thread with a shorter slice of time preempts one with a longer slice when it wakes; 100 ms is
/// the longest there is. The share of the processor stays the same.
void wish_for_long_slices() {
  constexpr std::uint64_t kLongest = 100'000'000;  // ns
  SchedulingAttributes attributes;
  if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return;
  attributes.runtime = kLongest;
  ::syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace

struct WorkerPool::Impl {
  using Job = std::function<void()>;

  Impl(unsigned threads, Haste haste) {
    for (unsigned i = 0; i < std::max(threads, 1u); ++i) {
      workers.emplace_back([this, haste] {
        if (haste == Haste::kPatient) wish_for_long_slices();
        work();
      });
    }
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    wake.notify_all();
    workers.clear();
  }

  void post(std::uint64_t key, Job job) {
    {
      const std::lock_guard lock(mutex);
      auto& jobs = jobs_of[key];
      jobs.push_back(std::move(job));
      // A key is in `ready` once at most: while its first job waits there or runs, the others wait.
      if (jobs.size() > 1) return;
      ready.push_back(key);
      if (sleeping == 0) return;
    }
    wake.notify_one();
  }

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      ++sleeping;
      wake.wait(lock, [this] { return !ready.empty() || (ending && jobs_of.empty()); });
      --sleeping;
      if (ready.empty()) return;
      const auto key = ready.front();
      ready.pop_front();
      run_first(key, lock);
    }
  }

  /// The job stays at the front of its key's queue while it runs, which is what keeps the others
  /// back.
  void run_first(std::uint64_t key, std::unique_lock<std::mutex>& lock) {
    auto job = std::move(jobs_of[key].front());
    lock.unlock();
    try {
      job();
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "job failed", {{"reason", error.what()}});
    }
    job = nullptr;
    lock.lock();
    const auto found = jobs_of.find(key);
    found->second.pop_front();
    if (!found->second.empty()) {
      ready.push_back(key);
      return;
    }
    jobs_of.erase(found);
    if (ending && jobs_of.empty()) wake.notify_all();
  }

  std::mutex mutex;
  std::condition_variable wake;
  std::unordered_map<std::uint64_t, std::deque<Job>> jobs_of;  ///< keys with work alone
  std::deque<std::uint64_t> ready;
  unsigned sleeping = 0;
  bool ending = false;
  std::vector<std::jthread> workers;
};

WorkerPool::WorkerPool(unsigned threads, Haste haste)
    : impl_(std::make_unique<Impl>(threads, haste)) {}
WorkerPool::~WorkerPool() = default;

void WorkerPool::post(std::uint64_t key, std::function<void()> job) {
  impl_->post(key, std::move(job));
}

}  // namespace tls
