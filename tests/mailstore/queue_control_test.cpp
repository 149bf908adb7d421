#include "mailstore/queue_control.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "mailstore/queue_bell.hpp"
#include "mailstore/schema.hpp"
#include "tests/mailstore/queued_messages.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

constexpr std::int64_t kNow = 5000;

class QueueControlTest : public testing::Test {
 protected:
  QueueId add(QueuedMessage message) { return accept(*queue_, std::move(message))->id; }
  QueueId add(int recipients = 1) { return add(simple_message("octets", recipients)); }
  void close() { queue_.reset(); }

  void outcome(QueueId message, std::int32_t recipient, RecipientState state) {
    record(*queue_, {{message, recipient, state, 9000, "451 later"}});
  }
  QueueControl::Decided decide(Decision decision, const QueueFilter& filter = {}) {
    return QueueControl(data()).decide(decision, filter, kNow);
  }
  QueueFilter only(QueueId id) const {
    QueueFilter filter;
    filter.messages = {id};
    return filter;
  }
  QueuedRecipient recipient(QueueId id, std::size_t number = 0) const {
    return QueueControl(data()).find(id).value().recipients.at(number);
  }
  const std::filesystem::path& data() const { return folder_.path(); }

  tests::TemporaryFolder folder_;
  std::unique_ptr<Queue> queue_ = std::make_unique<Queue>(folder_.path(), 64);
};

TEST_F(QueueControlTest, AQueueThatNeverWasIsEmpty) {
  tests::TemporaryFolder empty;
  QueueControl queue(empty.path());
  EXPECT_TRUE(queue.find({}, kNow).empty());
  EXPECT_FALSE(queue.find(QueueId{1}));
  EXPECT_EQ(queue.count().messages, 0);
  EXPECT_TRUE(queue.decide(Decision::kRetry, {}, kNow).messages.empty());
  EXPECT_FALSE(std::filesystem::exists(empty.path() / "queue.db"));
}

TEST_F(QueueControlTest, KnowsItsNamesInFullAndInShort) {
  const QueueId id = add();
  const QueueControl queue(data());
  EXPECT_EQ(queue.find_id(queue.name_of(id)), id);
  EXPECT_EQ(queue.find_id(std::to_string(id)), id);
  for (const char* wrong : {"", "-1", "0", "1x", "other-1", "99999999999999999999"})
    EXPECT_FALSE(queue.find_id(wrong)) << wrong;
}

TEST_F(QueueControlTest, FindsWhatMatchesOldestFirst) {
  const QueueId first = add(2), second = add(), third = add();
  outcome(first, 0, RecipientState::kDelivered);
  const QueueControl queue(data());
  const auto found = queue.find({}, kNow);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].id, first);
  ASSERT_EQ(found[0].recipients.size(), 1u) << "the one that is delivered does not wait";
  EXPECT_EQ(found[0].recipients[0].number, 1);
  EXPECT_EQ(queue.find({}, kNow, 2).size(), 2u);
  QueueFilter two;
  two.messages = {third, second, 77};
  EXPECT_EQ(queue.find(two, kNow).size(), 2u);
  EXPECT_EQ(queue.find(first).value().recipients.size(), 2u);
}

TEST_F(QueueControlTest, HoldAndRelease) {
  const QueueId id = add(2);
  auto held = decide(Decision::kHold, only(id));
  ASSERT_EQ(held.messages.size(), 1u);
  EXPECT_EQ(held.messages[0].recipients.size(), 2u);
  EXPECT_EQ(held.messages[0].recipients[0].state, RecipientState::kQueued) << "as it was before";
  EXPECT_EQ(recipient(id).state, RecipientState::kHeld);
  EXPECT_TRUE(queue_->due(kNow * 2, 10).empty());
  EXPECT_TRUE(decide(Decision::kHold, only(id)).messages.empty()) << "it is held already";
  EXPECT_TRUE(decide(Decision::kRetry, only(id)).messages.empty()) << "held is held";
  EXPECT_EQ(decide(Decision::kRelease, only(id)).messages.size(), 1u);
  EXPECT_EQ(recipient(id).state, RecipientState::kQueued);
  EXPECT_EQ(recipient(id).next_attempt, kNow);
  EXPECT_EQ(queue_->due(kNow, 10).size(), 1u);
}

TEST_F(QueueControlTest, RetryMakesDueAndKeepsTheRest) {
  const QueueId id = add();
  outcome(id, 0, RecipientState::kQueued);
  EXPECT_TRUE(queue_->due(kNow, 10).empty());
  EXPECT_EQ(decide(Decision::kRetry).messages.size(), 1u);
  EXPECT_EQ(queue_->due(kNow, 10).size(), 1u);
  EXPECT_EQ(recipient(id).attempts, 1);
  EXPECT_EQ(recipient(id).last_reply, "451 later");
  EXPECT_TRUE(decide(Decision::kRelease).messages.empty());
}

TEST_F(QueueControlTest, RemovesAMessageWithItsLastRecipient) {
  const QueueId id = add(simple_message(std::string(100, 'x'), 2));
  const auto file = data() / "queue" / std::to_string(id);
  EXPECT_TRUE(std::filesystem::exists(file));
  QueueFilter bob;
  bob.recipient = AddressPattern::parse("bob0@example.test");
  EXPECT_EQ(decide(Decision::kRemove, bob).messages.at(0).recipients.size(), 1u);
  EXPECT_EQ(recipient(id, 0).state, RecipientState::kFailed);
  EXPECT_EQ(recipient(id, 1).state, RecipientState::kQueued);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(decide(Decision::kRemove, only(id)).messages.at(0).recipients.size(), 1u);
  EXPECT_FALSE(QueueControl(data()).find(id));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(QueueControlTest, WhatWasRemovedWhileItWasTriedIsPassedOver) {
  const QueueId id = add();
  decide(Decision::kRemove, only(id));
  outcome(id, 0, RecipientState::kDelivered);
  EXPECT_FALSE(QueueControl(data()).find(id));
}

TEST_F(QueueControlTest, WhatWasHeldWhileItWasTriedStaysHeld) {
  const QueueId id = add();
  decide(Decision::kHold, only(id));
  outcome(id, 0, RecipientState::kQueued);
  EXPECT_EQ(recipient(id).state, RecipientState::kHeld);
}

TEST_F(QueueControlTest, AReportIsQueuedInTheSameTransaction) {
  const QueueId id = add();
  std::string seen;
  const auto decided = QueueControl(data()).decide(Decision::kRemove, only(id), kNow,
                                                   [&](const QueuedMessage& about) {
                                                     seen = about.content.view();
                                                     return std::optional(simple_message("report"));
                                                   });
  EXPECT_EQ(seen, "octets");
  ASSERT_EQ(decided.reports.size(), 1u);
  const QueueId report = decided.reports[0].value().id;
  EXPECT_NE(report, id);
  EXPECT_FALSE(QueueControl(data()).find(id));
  EXPECT_EQ(QueueControl(data()).find(report).value().size, 6u);
  EXPECT_EQ(queue_->due(kReceivedAt, 10).size(), 1u);
}

TEST_F(QueueControlTest, AFailureWithinChangesNothing) {
  const QueueId first = add(), second = add();
  int calls = 0;
  QueueControl queue(data());
  EXPECT_THROW(queue.decide(Decision::kRemove, {}, kNow,
                            [&](const QueuedMessage&) -> std::optional<QueuedMessage> {
                              if (++calls == 2) throw StoreError("no");
                              return std::nullopt;
                            }),
               StoreError);
  EXPECT_TRUE(queue.find(first));
  EXPECT_TRUE(queue.find(second));
}

TEST_F(QueueControlTest, AMessageWhoseFileIsLostCanBeRemovedAndTold) {
  const QueueId id = add(simple_message(std::string(100, 'x')));
  std::filesystem::remove(data() / "queue" / std::to_string(id));
  const auto decided = QueueControl(data()).decide(Decision::kRemove, only(id), kNow,
                                                   [&](const QueuedMessage& about) {
                                                     EXPECT_EQ(about.content.size(), 0u);
                                                     return std::optional(simple_message("report"));
                                                   });
  EXPECT_EQ(decided.messages.size(), 1u);
}

TEST_F(QueueControlTest, RingsOnlyWhenSomethingChanged) {
  QueueBell bell(data());
  EXPECT_FALSE(decide(Decision::kRetry).heard);
  add();
  EXPECT_TRUE(decide(Decision::kRetry).heard);
}

TEST_F(QueueControlTest, CountsByStage) {
  const QueueId first = add(2);
  add();
  outcome(first, 0, RecipientState::kQueued);
  decide(Decision::kHold, only(add()));
  outcome(add(), 0, RecipientState::kDelivered);
  const QueueCounts counts = QueueControl(data()).count();
  EXPECT_EQ(counts.messages, 3);
  EXPECT_EQ(counts.queued, 2);
  EXPECT_EQ(counts.deferred, 1);
  EXPECT_EQ(counts.held, 1);
  EXPECT_EQ(counts.oldest, kReceivedAt);
}

TEST_F(QueueControlTest, WorksWithoutAndBesideARunningQueue) {
  const QueueId id = add();
  close();
  EXPECT_EQ(decide(Decision::kHold, only(id)).messages.size(), 1u);
  queue_ = std::make_unique<Queue>(data(), 64);
  EXPECT_TRUE(queue_->due(kNow, 10).empty());
  std::atomic<bool> done = false;
  std::thread traffic([&] {
    while (!done) outcome(add(), 0, RecipientState::kDelivered);
  });
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(decide(Decision::kRelease, only(id)).messages.size(), 1u);
    EXPECT_EQ(decide(Decision::kHold, only(id)).messages.size(), 1u);
  }
  done = true;
  traffic.join();
  EXPECT_EQ(QueueControl(data()).find({}, kNow).size(), 1u);
}

TEST_F(QueueControlTest, RefusesAQueueOfAnotherVersion) {
  close();
  { Database(data() / "queue.db").script("PRAGMA user_version = 1"); }
  try {
    QueueControl queue(data());
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("start smtpd"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace mailstore
