#include "tls/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace tls {
namespace {

TEST(WorkerPool, JobsOfAKeyRunInOrderOneAtATime) {
  constexpr int kKeys = 7, kJobs = 500;
  std::vector<std::vector<int>> seen(kKeys);
  {
    WorkerPool pool(4);
    for (int job = 0; job < kJobs; ++job)
      for (int key = 0; key < kKeys; ++key)
        pool.post(static_cast<std::uint64_t>(key), [&seen, key, job] { seen[key].push_back(job); });
  }
  for (const auto& jobs : seen) {
    ASSERT_EQ(jobs.size(), static_cast<std::size_t>(kJobs));
    for (int job = 0; job < kJobs; ++job) EXPECT_EQ(jobs[job], job);
  }
}

TEST(WorkerPool, JobsOfDifferentKeysRunSideBySide) {
  std::promise<void> first, second;
  WorkerPool pool(2);
  // Each waits for the other: one after the other they would never end.
  pool.post(1, [&] {
    first.set_value();
    second.get_future().wait();
  });
  pool.post(2, [&] {
    first.get_future().wait();
    second.set_value();
  });
}

TEST(WorkerPool, AJobThatThrowsHarmsNobody) {
  std::atomic<int> ran{0};
  {
    WorkerPool pool(1);
    pool.post(1, [] { throw std::runtime_error("broken"); });
    pool.post(1, [&] { ++ran; });
  }
  EXPECT_EQ(ran, 1);
}

TEST(WorkerPool, AJobMayPostAnother) {
  std::atomic<int> ran{0};
  {
    WorkerPool pool(2);
    pool.post(1, [&] { pool.post(1, [&] { ++ran; }); });
  }
  EXPECT_EQ(ran, 1);
}

asio::awaitable<void> use(WorkerPool& pool, std::thread::id caller, int& done) {
  const auto double_it = [] { return std::string("value"); };
  EXPECT_EQ(co_await pool.run(1, double_it), "value");
  EXPECT_EQ(std::this_thread::get_id(), caller);
  std::thread::id worker;
  co_await pool.run(1, [&] { worker = std::this_thread::get_id(); });
  EXPECT_NE(worker, caller);
  std::string caught;
  try {
    co_await pool.run(1, [] { throw std::runtime_error("no disk"); });
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
  EXPECT_EQ(caught, "no disk");
  ++done;
}

TEST(WorkerPool, RunBringsTheResultBackToTheCaller) {
  asio::io_context io;
  WorkerPool pool(2);
  int done = 0;
  for (int i = 0; i < 10; ++i)
    asio::co_spawn(io, use(pool, std::this_thread::get_id(), done), asio::detached);
  io.run();
  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace tls
