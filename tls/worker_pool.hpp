// Where blocking work leaves the I/O threads: a small pool that runs jobs of one key (an account)
// in order and one at a time, jobs of different keys side by side. The only bridge between
// coroutines and the synchronous store.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include "tls/asio.hpp"

namespace tls {

/// kPatient: nobody waits for these jobs, so a thread that wakes while one runs takes its processor
/// at once (Linux 6.12 and later; before, as kSoon).
enum class Haste { kSoon, kPatient };

class WorkerPool {
 public:
  explicit WorkerPool(unsigned threads, Haste haste = Haste::kSoon);
  ~WorkerPool();  ///< finishes what was queued; goes before the io_contexts its callers run on
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void post(std::uint64_t key, std::function<void()> job);

  /// Runs `job` on the pool and resumes the caller on its own executor with the result; exceptions
  /// travel.
  template <class Job>
  asio::awaitable<std::invoke_result_t<Job>> run(std::uint64_t key, Job job) {
    using Value = std::invoke_result_t<Job>;
    auto executor = co_await asio::this_coro::executor;
    // The outcome lives in the caller's frame, which stays put until the completion is posted back.
    std::exception_ptr error;
    if constexpr (std::is_void_v<Value>) {
      co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
          [&](auto handler) {
            start(
                key, executor, error, [&] { job(); }, std::move(handler));
          },
          asio::use_awaitable);
      if (error) std::rethrow_exception(error);
    } else {
      std::optional<Value> value;
      co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
          [&](auto handler) {
            start(
                key, executor, error, [&] { value.emplace(job()); }, std::move(handler));
          },
          asio::use_awaitable);
      if (error) std::rethrow_exception(error);
      co_return std::move(*value);
    }
  }

 private:
  template <class Work, class Handler>
  void start(std::uint64_t key, asio::any_io_executor executor, std::exception_ptr& error,
             Work work, Handler handler) {
    auto shared = std::make_shared<Handler>(std::move(handler));
    post(key, [executor, &error, work, shared] {
      try {
        work();
      } catch (...) {
        error = std::current_exception();
      }
      asio::post(executor, [shared] { std::move (*shared)(); });
    });
  }

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tls
