#include "smtpd/schedule.hpp"

#include <gtest/gtest.h>

#include "conf/log.hpp"
#include "tests/mailstore/queued_messages.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

using mailstore::QueueId;
using enum mailstore::RecipientState;

constexpr std::int64_t kFirstTurn = mailstore::kReceivedAt;

class ScheduleTest : public testing::Test {
 protected:
  ScheduleTest() { conf::start_log("smtpd", {"critical", "human"}); }

  Message accept(const std::string& domain, int recipients = 1, std::string octets = "x") {
    mailstore::QueuedMessage message = mailstore::simple_message(std::move(octets), recipients);
    for (auto& recipient : message.recipients) {
      recipient.account = domain.empty() ? 7 : 0;
      recipient.address.domain = domain.empty() ? "example.test" : domain;
    }
    return mailstore::accept(queue_, std::move(message));
  }

  void decide(const Message& message, mailstore::RecipientState state, std::int64_t due = 0) {
    mailstore::record(queue_, {{message->id, 0, state, due, "", mailstore::Cause::kDecision}});
  }

  void defer(const Message& message, std::int64_t due) {
    mailstore::record(queue_, {{message->id, 0, kQueued, due, "451 later"}});
  }

  /// Ids of those elsewhere whose turn it is, in as many steps as it takes.
  std::vector<QueueId> turns(std::int64_t now) {
    std::vector<QueueId> ids;
    do {
      for (const auto& one : schedule_.next(now).elsewhere) ids.push_back(one.message);
    } while (schedule_.earliest() <= now);
    return ids;
  }

  tests::TemporaryFolder folder_;
  mailstore::Queue queue_{folder_.path(), 1000};
  Schedule schedule_{queue_};
};

TEST_F(ScheduleTest, EveryoneHasATurnOnce) {
  const QueueId one = accept("a.test")->id, two = accept("b.test")->id;
  EXPECT_EQ(turns(kFirstTurn), (std::vector{one, two}));
  EXPECT_TRUE(turns(kFirstTurn + 1).empty());
  schedule_.wake();
  EXPECT_TRUE(turns(kFirstTurn + 1).empty()) << "they are being seen to";
}

TEST_F(ScheduleTest, LocalOnesAreClaimedByWhoeverReadsThem) {
  const Message local = accept("");
  EXPECT_EQ(schedule_.next(kFirstTurn).local, std::vector{local->id});
  EXPECT_TRUE(schedule_.claim({local, &local->recipients[0]}, Schedule::From::kDisk));
  EXPECT_FALSE(schedule_.claim({local, &local->recipients[0]}, Schedule::From::kAcceptance));
}

TEST_F(ScheduleTest, WhatIsAcceptedIsNotFoundAgain) {
  const Message message = accept("a.test");
  ASSERT_TRUE(schedule_.claim({message, &message->recipients[0]}, Schedule::From::kAcceptance));
  EXPECT_TRUE(turns(kFirstTurn).empty());
}

TEST_F(ScheduleTest, ManyComeInSteps) {
  for (int i = 0; i < 65; ++i) accept("a.test", 100);
  EXPECT_EQ(schedule_.next(kFirstTurn).elsewhere.size(), 4000u);
  EXPECT_LE(schedule_.earliest(), kFirstTurn) << "there are more";
  EXPECT_EQ(turns(kFirstTurn).size(), 2500u);
  EXPECT_GT(schedule_.earliest(), kFirstTurn);
}

TEST_F(ScheduleTest, TheNextIsKnownFromDisk) {
  const Message message = accept("a.test");
  defer(message, kFirstTurn + 50);
  EXPECT_TRUE(turns(kFirstTurn).empty());
  EXPECT_EQ(schedule_.earliest(), kFirstTurn + 50);
  EXPECT_TRUE(turns(kFirstTurn + 49).empty());
  EXPECT_EQ(turns(kFirstTurn + 50), std::vector{message->id});
}

TEST_F(ScheduleTest, WhoIsDeferredIsExpected) {
  const Message message = accept("a.test");
  turns(kFirstTurn);
  defer(message, kFirstTurn + 50);
  schedule_.release(message->id, 0);
  schedule_.expect(kFirstTurn + 50);
  EXPECT_EQ(schedule_.earliest(), kFirstTurn + 50);
  EXPECT_EQ(turns(kFirstTurn + 50), std::vector{message->id});
}

TEST_F(ScheduleTest, WhoIsDueSoonerThanThePassIsExpectedToo) {
  const Message message = accept("a.test");
  turns(kFirstTurn + 100);
  defer(message, kFirstTurn + 50);
  schedule_.release(message->id, 0);
  schedule_.expect(kFirstTurn + 50);
  EXPECT_EQ(turns(kFirstTurn + 101), std::vector{message->id});
}

TEST_F(ScheduleTest, WakingFindsWhatWasDecided) {
  const Message message = accept("a.test");
  decide(message, kHeld);
  EXPECT_TRUE(turns(kFirstTurn + 10).empty());
  decide(message, kQueued, kFirstTurn + 5);
  EXPECT_TRUE(turns(kFirstTurn + 10).empty()) << "it lies behind the pass";
  schedule_.wake();
  EXPECT_EQ(turns(kFirstTurn + 10), std::vector{message->id});
}

TEST_F(ScheduleTest, WithoutWakingItIsFoundInMinutes) {
  const Message message = accept("a.test");
  decide(message, kHeld);
  turns(kFirstTurn + 10);
  decide(message, kQueued, kFirstTurn + 5);
  EXPECT_EQ(turns(kFirstTurn + 10 + 300), std::vector{message->id});
}

TEST_F(ScheduleTest, OpenedIsWhatIsStillDue) {
  const Message message = accept("a.test", 3);
  turns(kFirstTurn);
  mailstore::record(queue_, {{message->id, 0, kDelivered, 0, "250 ok"},
                             {message->id, 1, kQueued, kFirstTurn + 50, "451 later"}});
  const std::vector<Job> jobs = schedule_.open({{message->id, {0, 1, 2}}}, kFirstTurn).at(0);
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].recipient->number, 2);
  schedule_.expect(kFirstTurn + 50);
  EXPECT_EQ(turns(kFirstTurn + 50), std::vector{message->id})
      << "the other is not claimed any more";
}

TEST_F(ScheduleTest, AMessageThatIsGoneOpensToNothing) {
  const QueueId there = accept("a.test")->id;
  turns(kFirstTurn);
  const auto jobs = schedule_.open({{4711, {0}}, {there, {0}}}, kFirstTurn);
  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_TRUE(jobs[0].empty());
  EXPECT_EQ(jobs[1].size(), 1u);
}

TEST_F(ScheduleTest, ParcelsOfAMessageShareIt) {
  const Message message = accept("a.test", 3);
  turns(kFirstTurn);
  const auto jobs = schedule_.open({{message->id, {0}}, {message->id, {1, 2}}}, kFirstTurn);
  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_EQ(jobs[0].at(0).message, jobs[1].at(0).message);
  EXPECT_EQ(jobs[1].at(1).recipient->number, 2);
}

TEST_F(ScheduleTest, OneThatCantBeReadIsItsOwnTrouble) {
  const Message broken = accept("a.test", 1, std::string(2000, 'x')), fine = accept("a.test");
  turns(kFirstTurn);
  const std::filesystem::path file = folder_.path() / "queue" / std::to_string(broken->id);
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  const auto jobs = schedule_.open({{broken->id, {0}}, {fine->id, {0}}}, kFirstTurn);
  ASSERT_EQ(jobs.size(), 2u);
  EXPECT_TRUE(jobs[0].empty());
  EXPECT_EQ(jobs[1].size(), 1u);
  schedule_.wake();
  EXPECT_EQ(turns(kFirstTurn), std::vector{broken->id}) << "it is let go, the other is not";
}

TEST_F(ScheduleTest, WhatIsLetGoIsFoundAtOnce) {
  const Message message = accept("a.test");
  turns(kFirstTurn);
  schedule_.let_go({message->id, {0}});
  EXPECT_EQ(turns(kFirstTurn), std::vector{message->id});
}

}  // namespace
}  // namespace smtpd
