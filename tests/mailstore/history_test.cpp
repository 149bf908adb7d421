#include "mailstore/history.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "conf/log.hpp"
#include "mailstore/history_reader.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using namespace std::chrono_literals;

Step step_of(std::string queue, Event event, std::int64_t time = step_time()) {
  Step step;
  step.time = time;
  step.queue = std::move(queue);
  step.event = event;
  return step;
}

class HistoryTest : public testing::Test {
 protected:
  HistoryTest() { conf::start_log("test", {"error", "human"}); }
  std::vector<Step> steps(const std::string& queue) const {
    return HistoryReader(folder_.path()).steps(queue);
  }
  tests::TemporaryFolder folder_;
};

TEST_F(HistoryTest, KeepsEveryFieldOfAStep) {
  const Step whole{step_time(),          "e-1",
                   "<m@a.test>",         "alice@a.test",
                   "bob@b.test",         "info@b.test",
                   Event::kDeferred,     "mx.b.test",
                   "TLSv1.3 X verified", "451 4.7.1 Greylisted\nreally"};
  History history(folder_.path(), 7 * 24h);
  history.add(whole);
  history.flush();
  EXPECT_EQ(steps("e-1"), std::vector<Step>{whole});
}

TEST_F(HistoryTest, WritesWhatWaitsWhenItEnds) {
  { History(folder_.path(), 1h).add(step_of("e-1", Event::kAccepted)); }
  EXPECT_EQ(steps("e-1").size(), 1u);
}

TEST_F(HistoryTest, TakesMoreStepsThanOneBatchFromManyThreads) {
  {
    History history(folder_.path(), 1h);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&] {
        for (int i = 0; i < 3000; ++i) history.add(step_of("e-1", Event::kDeferred));
      });
    for (std::thread& thread : threads) thread.join();
    history.flush();
    EXPECT_EQ(steps("e-1").size(), 12'000u);
  }
}

TEST_F(HistoryTest, ForgetsWhatIsOlderThanIsToBeKept) {
  const std::int64_t now = step_time();
  write_history(folder_.path(), {step_of("old", Event::kAccepted, now - 7'200'000),
                                 step_of("new", Event::kAccepted, now)});
  History(folder_.path(), 1h).flush();
  EXPECT_TRUE(steps("old").empty());
  EXPECT_EQ(steps("new").size(), 1u);
}

TEST_F(HistoryTest, TwoMayWriteAtATime) {
  History history(folder_.path(), 1h);
  history.add(step_of("e-1", Event::kAccepted));
  write_history(folder_.path(), {step_of("e-1", Event::kHeld)});
  history.flush();
  EXPECT_EQ(steps("e-1").size(), 2u);
}

TEST_F(HistoryTest, ABrokenFileIsLoggedAndInNobodysWay) {
  std::ofstream(folder_.path() / "history.db") << std::string(4096, 'x');
  testing::internal::CaptureStderr();
  {
    History history(folder_.path(), 1h);
    history.add(step_of("e-1", Event::kAccepted));
    history.flush();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("history_not_written"), std::string::npos) << log;
  EXPECT_NE(log.find("is damaged"), std::string::npos) << log;
  EXPECT_THROW(write_history(folder_.path(), {step_of("e-1", Event::kHeld)}), StoreError);
}

TEST_F(HistoryTest, WhatWasBrokenIsUsedAgainOnceItIsMended) {
  const auto file = folder_.path() / "history.db";
  std::ofstream(file) << std::string(4096, 'x');
  testing::internal::CaptureStderr();
  History history(folder_.path(), 1h);
  history.add(step_of("e-1", Event::kAccepted));
  history.flush();
  testing::internal::GetCapturedStderr();
  std::filesystem::remove(file);
  history.add(step_of("e-2", Event::kAccepted));
  history.flush();
  EXPECT_EQ(steps("e-2").size(), 1u);
}

TEST(Events, HaveWords) {
  EXPECT_EQ(describe(Event::kAccepted), "accepted");
  EXPECT_EQ(describe(Event::kReported), "reported");
}

}  // namespace
}  // namespace mailstore
