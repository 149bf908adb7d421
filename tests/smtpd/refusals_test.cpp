#include "smtpd/refusals.hpp"

#include <gtest/gtest.h>

#include "conf/log.hpp"

namespace smtpd {
namespace {

class RefusalsTest : public testing::Test {
 protected:
  RefusalsTest() { conf::start_log("smtpd", {"critical", "human"}); }

  static Message message(mailstore::QueueId id) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->id = id;
    message->recipients.resize(2);
    message->recipients[1].number = 1;
    return message;
  }

  static std::vector<std::vector<Job>> open(const std::vector<Parcel>& parcels) {
    std::vector<std::vector<Job>> all;
    for (const auto& [id, recipients, none] : parcels) {
      all.push_back(id == 14 ? std::vector<Job>() : jobs_of({id, recipients, message(id)}));
    }
    return all;
  }

  void run() {
    auto guard = asio::make_work_guard(io_);
    while (attempts_.size() < wanted_) io_.run_one();
  }

  std::size_t wanted_ = 0;
  std::vector<Attempt> attempts_;
  std::vector<std::size_t> batches_;
  int pauses_ = 0;
  asio::io_context io_;
  tls::WorkerPool workers_{1};
  Refusals refusals_{io_, workers_, open,
                     [this](std::vector<Attempt> some) {
                       batches_.push_back(some.size());
                       std::ranges::move(some, std::back_inserter(attempts_));
                     },
                     [this] {
                       ++pauses_;
                       return std::chrono::milliseconds(pauses_ % 2);
                     }};
  std::shared_ptr<const Refusal> dead_ =
      std::make_shared<Refusal>(Refusal{"451 4.4.1 no answer", "mx.test", 5000});
  std::shared_ptr<const Refusal> never_ =
      std::make_shared<Refusal>(Refusal{"556 5.1.10 The domain takes no mail", "", 0});
};

TEST_F(RefusalsTest, AreSettledAsTheySay) {
  wanted_ = 3;
  refusals_.add({1, {1}, message(1)}, dead_);
  refusals_.add({2, {0, 1}}, never_);
  run();
  EXPECT_EQ(attempts_[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(attempts_[0].job.recipient->number, 1);
  EXPECT_EQ(attempts_[0].reply, "451 4.4.1 no answer");
  EXPECT_EQ(attempts_[0].remote, "mx.test");
  EXPECT_EQ(attempts_[0].not_before, 5000);
  EXPECT_EQ(attempts_[1].end, Attempt::End::kFailed);
  EXPECT_EQ(attempts_[2].job.message->id, 2);
}

TEST_F(RefusalsTest, ManyComeInBatches) {
  wanted_ = 500;
  for (int i = 100; i < 600; ++i) refusals_.add({i, {0}}, dead_);
  run();
  EXPECT_LE(*std::ranges::max_element(batches_), 50u);
  EXPECT_EQ(pauses_, 9) << "between batches";
}

TEST_F(RefusalsTest, WaitForTheDiskWhenItHasManyToTake) {
  for (int i = 100; i < 3100; ++i) refusals_.add({i, {0}}, dead_);
  std::size_t settled = 0;
  asio::steady_timer disk(io_);
  const std::function<void(boost::system::error_code)> take = [&](boost::system::error_code) {
    EXPECT_LE(attempts_.size(), 1050u) << "in memory at once";
    settled += attempts_.size();
    attempts_.clear();
    disk.expires_after(std::chrono::milliseconds(50));
    if (settled < 3000) disk.async_wait(take);
  };
  disk.expires_after(std::chrono::milliseconds(50));
  disk.async_wait(take);
  auto guard = asio::make_work_guard(io_);
  while (settled < 3000) io_.run_one();
}

TEST_F(RefusalsTest, WhatIsGoneIsPassedOver) {
  wanted_ = 2;
  refusals_.add({13, {0}, message(13)}, dead_);
  refusals_.add({14, {0}}, dead_);
  refusals_.add({15, {0}}, dead_);
  run();
  EXPECT_EQ(attempts_[0].job.message->id, 13);
  EXPECT_EQ(attempts_[1].job.message->id, 15);
}

TEST_F(RefusalsTest, ThoseTakenBackAreNotSettled) {
  for (int i = 100; i < 200; ++i) refusals_.add({i, {0}}, dead_);
  const std::vector<Parcel> back = refusals_.take_back();
  EXPECT_GE(back.size(), 50u);
  wanted_ = 100 - back.size();
  run();
  EXPECT_EQ(attempts_.size(), wanted_);
  EXPECT_TRUE(refusals_.take_back().empty());
}

}  // namespace
}  // namespace smtpd
