#include "mailstore/queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "mailstore/sqlite.hpp"
#include "tests/mailstore/queued_messages.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using enum RecipientState;
using Stored = std::shared_ptr<const QueuedMessage>;

constexpr std::uint64_t kLargestInline = 1000;

Outcome outcome(const QueuedMessage& message, std::int32_t recipient, RecipientState state,
                std::int64_t next_attempt = 0, std::string reply = "") {
  return {message.id, recipient, state, next_attempt, std::move(reply)};
}

Outcome decision(const QueuedMessage& message, std::int32_t recipient, RecipientState state,
                 std::int64_t next_attempt = 0) {
  return {message.id, recipient, state, next_attempt, "", Cause::kDecision};
}

std::vector<std::string> names(const std::vector<Stored>& messages) {
  std::vector<std::string> names;
  for (const Stored& message : messages) names.push_back(message->name);
  return names;
}

std::string queue_epoch_of(const std::string& name) { return name.substr(0, name.rfind('-')); }

struct QueueTest : ::testing::Test {
  tests::TemporaryFolder folder;
  std::optional<Queue> queue;

  QueueTest() { reopen(); }
  void reopen() {
    queue.reset();
    queue.emplace(folder.path(), kLargestInline);
  }
  void tidy() {
    while (queue->tidy()) continue;
  }
  /// So many messages, together.
  void deliver(int many) {
    std::vector<Outcome> outcomes;
    for (int i = 0; i < many; ++i)
      outcomes.push_back(outcome(*accept(*queue, simple_message("x")), 0, kDelivered));
    record(*queue, std::move(outcomes));
  }
  /// Messages that lie on disk, in the queue or not.
  std::int64_t rows() const {
    return Database(folder.path() / "queue.db").integer("SELECT count(*) FROM message").value();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder.path() / "queue"), {}));
  }
};

TEST_F(QueueTest, KeepsEverythingOfAMessage) {
  QueuedMessage message = simple_message("Subject: hi\r\n\r\nhello\r\n");
  message.sender = {"a b", "example.test"};
  message.login = "alice@example.test";
  message.smtputf8 = true;
  message.body = "BINARYMIME";
  message.ret = "HDRS";
  message.envid = "QQ314159";
  message.requiretls = true;
  message.message_id = "<1@example.test>";
  message.recipients.resize(2);
  message.recipients[0].address = {"보내", "한국.test"};
  message.recipients[0].original = "info@example.test";
  message.recipients[0].notify = "SUCCESS,DELAY";
  message.recipients[0].orcpt = "rfc822;Info@example.test";
  message.recipients[1].address = {"bob", "example.test"};
  message.recipients[1].account = 7;
  message.recipients[1].delay_told = true;
  message.recipients[1].forwarded_by = "list@example.test";
  Stored accepted = accept(*queue, message);
  EXPECT_GT(accepted->id, 0);
  EXPECT_EQ(accepted->size, message.content.size());
  reopen();
  auto due = queue->due(message.received_at, 10);
  ASSERT_EQ(due.size(), 1u);
  const QueuedMessage& read = *due[0];
  EXPECT_EQ(read.id, accepted->id);
  EXPECT_EQ(read.name, accepted->name);
  EXPECT_EQ(read.sender, message.sender);
  EXPECT_EQ(read.login, "alice@example.test");
  EXPECT_EQ(read.received_at, message.received_at);
  EXPECT_TRUE(read.smtputf8);
  EXPECT_EQ(read.body, "BINARYMIME");
  EXPECT_EQ(read.ret, "HDRS");
  EXPECT_EQ(read.envid, "QQ314159");
  EXPECT_TRUE(read.requiretls);
  EXPECT_EQ(read.message_id, "<1@example.test>");
  EXPECT_EQ(read.content.view(), message.content.view());
  ASSERT_EQ(read.recipients.size(), 2u);
  EXPECT_EQ(read.recipients[0].address, message.recipients[0].address);
  EXPECT_EQ(read.recipients[0].original, "info@example.test");
  EXPECT_EQ(read.recipients[0].notify, "SUCCESS,DELAY");
  EXPECT_EQ(read.recipients[0].orcpt, "rfc822;Info@example.test");
  EXPECT_EQ(read.recipients[1].number, 1);
  EXPECT_EQ(read.recipients[1].account, 7);
  EXPECT_FALSE(read.recipients[0].delay_told);
  EXPECT_TRUE(read.recipients[1].delay_told);
  EXPECT_EQ(read.recipients[1].forwarded_by, "list@example.test");
  EXPECT_EQ(read.delivery_id(read.recipients[1]), accepted->name + ".1");
}

TEST_F(QueueTest, IsGoneWhenEveryRecipientIsDone) {
  Stored message = accept(*queue, simple_message("x", 2));
  record(*queue, {outcome(*message, 0, kDelivered)});
  ASSERT_EQ(list_queue(folder.path()).size(), 1u);
  EXPECT_EQ(list_queue(folder.path())[0].recipients[0].state, kDelivered);
  record(*queue, {outcome(*message, 1, kFailed, 0, "550 no")});
  EXPECT_TRUE(list_queue(folder.path()).empty());
  EXPECT_EQ(queue->next_due(), std::nullopt);
}

TEST_F(QueueTest, DefersAndComesBack) {
  Stored message = accept(*queue, simple_message("x"));
  record(*queue, {outcome(*message, 0, kQueued, 5000, "451 later")});
  EXPECT_EQ(queue->next_due(), 5000);
  EXPECT_TRUE(queue->due(4999, 10).empty());
  auto due = queue->due(5000, 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0]->recipients[0].attempts, 1);
  EXPECT_EQ(due[0]->recipients[0].last_reply, "451 later");
}

TEST_F(QueueTest, HoldsAndReleases) {
  Stored message = accept(*queue, simple_message("x"));
  record(*queue, {decision(*message, 0, kHeld)});
  EXPECT_EQ(queue->next_due(), std::nullopt);
  EXPECT_TRUE(queue->due(INT64_MAX, 10).empty());
  record(*queue, {decision(*message, 0, kQueued, 7)});
  auto due = queue->due(7, 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0]->recipients[0].attempts, 0);
}

TEST_F(QueueTest, WhatIsHeldWhileAnAttemptIsUnderWayStaysHeld) {
  Stored message = accept(*queue, simple_message("x", 2));
  record(*queue, {decision(*message, 0, kHeld), decision(*message, 1, kHeld)});
  record(*queue, {outcome(*message, 0, kQueued, 5000, "451 later"), outcome(*message, 1, kFailed)});
  const QueuedRecipient held = list_queue(folder.path())[0].recipients[0];
  EXPECT_EQ(held.state, kHeld);
  EXPECT_EQ(held.attempts, 1);
  EXPECT_EQ(held.last_reply, "451 later");
  record(*queue, {outcome(*message, 0, kDelivered)});
  EXPECT_TRUE(list_queue(folder.path()).empty());
}

TEST_F(QueueTest, ADelayIsToldOnce) {
  Stored message = accept(*queue, simple_message("x"));
  Outcome told = outcome(*message, 0, kQueued, 5000);
  told.delay_told = true;
  record(*queue, {told});
  record(*queue, {outcome(*message, 0, kQueued, 6000)});
  EXPECT_TRUE(list_queue(folder.path())[0].recipients[0].delay_told);
}

TEST_F(QueueTest, RefusesIllegalMovesAndKeepsTheRest) {
  Stored message = accept(*queue, simple_message("x", 2));
  record(*queue, {outcome(*message, 0, kDelivered)});
  EXPECT_THROW(record(*queue, {outcome(*message, 1, kDelivered), outcome(*message, 0, kQueued, 9)}),
               StoreError);
  auto listed = list_queue(folder.path());
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].recipients[0].state, kDelivered);
  EXPECT_EQ(listed[0].recipients[1].state, kQueued);
}

TEST_F(QueueTest, AnOutcomeOfAMessageThatIsGoneIsPassedOver) {
  Stored message = accept(*queue, simple_message("x"));
  record(*queue, {outcome(*message, 0, kDelivered)});
  EXPECT_NO_THROW(record(*queue, {outcome(*message, 0, kDelivered)}));
  EXPECT_NO_THROW(record(*queue, {{4711, 0, kQueued, 0, ""}}));
}

TEST_F(QueueTest, DueSeesOutcomesThatAreStillWaiting) {
  Stored message = accept(*queue, simple_message("x"));
  queue->record({outcome(*message, 0, kDelivered)}, {});
  EXPECT_TRUE(queue->due(INT64_MAX, 10).empty());
}

TEST_F(QueueTest, DueIsTheLongestDueFirstAndAtMostSoMany) {
  std::vector<std::string> accepted;
  for (int i = 0; i < 5; ++i) accepted.push_back(accept(*queue, simple_message("x", 3))->name);
  EXPECT_EQ(names(queue->due(kReceivedAt, 3)), std::vector(accepted.begin(), accepted.begin() + 3));
  auto first = queue->due(kReceivedAt, 1)[0];
  std::vector<Outcome> all_later;
  for (int i = 0; i < 3; ++i) all_later.push_back(outcome(*first, i, kQueued, kReceivedAt + 1));
  record(*queue, all_later);
  std::rotate(accepted.begin(), accepted.begin() + 1, accepted.end());
  EXPECT_EQ(names(queue->due(kReceivedAt + 1, 10)), accepted);
}

std::vector<std::pair<QueueId, int>> places(const std::vector<DueRecipient>& due) {
  std::vector<std::pair<QueueId, int>> places;
  for (const DueRecipient& one : due) places.emplace_back(one.message, one.number);
  return places;
}

TEST_F(QueueTest, APassOverWhatIsDueGoesOnWhereItStopped) {
  const QueueId one = accept(*queue, simple_message("x", 3))->id;
  QueuedMessage elsewhere = simple_message("y");
  elsewhere.recipients[0].account = 0;
  elsewhere.recipients[0].address = {"dave", "other.test"};
  const QueueId two = accept(*queue, elsewhere)->id;
  accept(*queue, [] {
    QueuedMessage later = simple_message("z");
    later.recipients[0].next_attempt = kReceivedAt + 1;
    return later;
  }());
  const auto first = queue->due_after({}, kReceivedAt, 2);
  EXPECT_EQ(places(first), (std::vector<std::pair<QueueId, int>>{{one, 0}, {one, 1}}));
  EXPECT_EQ(first[0].account, 1);
  const auto rest =
      queue->due_after({kReceivedAt, first[1].message, first[1].number}, kReceivedAt, 10);
  EXPECT_EQ(places(rest), (std::vector<std::pair<QueueId, int>>{{one, 2}, {two, 0}}));
  EXPECT_EQ(rest[1].domain, "other.test");
  EXPECT_EQ(rest[1].account, 0);
  EXPECT_EQ(rest[1].sender, elsewhere.sender);
  EXPECT_EQ(rest[1].next_attempt, kReceivedAt);
  EXPECT_EQ(queue->due_after({kReceivedAt, two, 0}, kReceivedAt + 1, 10).size(), 1u);
}

TEST_F(QueueTest, MessagesAreReadByTheirIds) {
  Stored one = accept(*queue, simple_message("one"));
  Stored lost = accept(*queue, simple_message(std::string(kLargestInline + 1, 'x')));
  Stored two = accept(*queue, simple_message("two"));
  std::filesystem::remove(folder.path() / "queue" / std::to_string(lost->id));
  EXPECT_EQ(names(queue->read({two->id, 999, lost->id, one->id})),
            (std::vector{two->name, one->name}));
  EXPECT_EQ(names(queue->due(INT64_MAX, 10)), (std::vector{one->name, two->name}));
  EXPECT_EQ(list_queue(folder.path())[1].recipients[0].state, kHeld);
}

TEST_F(QueueTest, LargeContentsAreFilesAndGoWithTheirMessage) {
  Staging staging = queue->stage();
  std::string octets(kLargestInline * 3, 'x');
  staging.write(octets);
  QueuedMessage large = simple_message("");
  large.content = staging.finish();
  Stored staged = accept(*queue, large);
  large.content = Content::of(octets);
  Stored from_memory = accept(*queue, large);
  EXPECT_EQ(files(), 2u);
  EXPECT_EQ(staged->content.view(), octets);
  large = {};
  staged.reset();
  reopen();
  auto due = queue->due(INT64_MAX, 10);
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0]->content.view(), octets);
  EXPECT_EQ(due[1]->content.view(), octets);
  EXPECT_EQ(due[0]->content.file(), folder.path() / "queue" / std::to_string(due[0]->id));
  record(*queue, {outcome(*due[0], 0, kDelivered), outcome(*due[1], 0, kDelivered)});
  tidy();
  EXPECT_EQ(files(), 0u);
  EXPECT_EQ(due[0]->content.view(), octets) << "whoever has it may still read";
}

TEST_F(QueueTest, OrphanedFilesAreSweptAtStart) {
  Stored message = accept(*queue, simple_message(std::string(kLargestInline + 1, 'x')));
  std::filesystem::copy_file(folder.path() / "queue" / "1", folder.path() / "queue" / "99");
  reopen();
  EXPECT_EQ(files(), 1u);
  EXPECT_EQ(queue->due(INT64_MAX, 1)[0]->id, message->id);
}

TEST_F(QueueTest, ALostDatabaseIsNamedAndWhatLiesBesideItStays) {
  accept(*queue, simple_message(std::string(kLargestInline + 1, 'x')));
  queue.reset();
  for (const char* name : {"queue.db", "queue.db-wal", "queue.db-shm"})
    std::filesystem::remove(folder.path() / name);
  for (int i = 0; i < 2; ++i) {
    try {
      Queue(folder.path(), kLargestInline);
      FAIL();
    } catch (const StoreError& error) {
      EXPECT_THAT(error.what(), ::testing::HasSubstr("queue.db is missing; restore it"));
    }
    EXPECT_EQ(files(), 1u);
  }
}

TEST_F(QueueTest, AMessageWhoseFileIsLostIsHeldAndTheOthersGoOn) {
  Stored lost = accept(*queue, simple_message(std::string(kLargestInline + 1, 'x')));
  Stored fine = accept(*queue, simple_message("fine"));
  std::filesystem::remove(folder.path() / "queue" / std::to_string(lost->id));
  EXPECT_EQ(names(queue->due(INT64_MAX, 10)), std::vector{fine->name});
  EXPECT_EQ(names(queue->due(INT64_MAX, 10)), std::vector{fine->name});
  auto listed = list_queue(folder.path());
  EXPECT_EQ(listed[0].recipients[0].state, kHeld);
  EXPECT_THAT(listed[0].recipients[0].last_reply, ::testing::HasSubstr("queue/1"));
}

TEST_F(QueueTest, ASecondProcessIsToldWhoHasIt) {
  try {
    Queue second(folder.path(), kLargestInline);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("process " + std::to_string(::getpid()) + " ("));
  }
}

TEST_F(QueueTest, IsListedWithoutTheLockAndWithoutContents) {
  accept(*queue, simple_message("12345"));
  auto listed = list_queue(folder.path());
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].size, 5u);
  EXPECT_TRUE(listed[0].content.view().empty());
  tests::TemporaryFolder empty;
  EXPECT_TRUE(list_queue(empty.path()).empty());
}

TEST_F(QueueTest, NamesAreUniqueOverQueues) {
  tests::TemporaryFolder other_folder;
  Queue other(other_folder.path(), kLargestInline);
  EXPECT_NE(accept(*queue, simple_message("x"))->name, accept(other, simple_message("x"))->name);
}

TEST_F(QueueTest, IdsAreNeverGivenTwice) {
  Stored first = accept(*queue, simple_message("x"));
  record(*queue, {outcome(*first, 0, kDelivered)});
  reopen();
  EXPECT_GT(accept(*queue, simple_message("x"))->id, first->id);
}

TEST_F(QueueTest, TheNextDueIsOfThoseThatAreNotDueYet) {
  Stored now = accept(*queue, simple_message("x"));
  Stored later = accept(*queue, simple_message("y"));
  record(*queue, {outcome(*later, 0, kQueued, kReceivedAt + 50)});
  EXPECT_EQ(queue->next_due(), kReceivedAt);
  EXPECT_EQ(queue->next_due(kReceivedAt), kReceivedAt + 50);
  EXPECT_EQ(queue->next_due(kReceivedAt + 50), std::nullopt);
}

TEST_F(QueueTest, FinishedIsWhatWillNeverBeDeliveredAgain) {
  Stored gone = accept(*queue, simple_message("x"));
  record(*queue, {outcome(*gone, 0, kDelivered)});
  Stored there = accept(*queue, simple_message("x", 4));
  record(*queue,
         {outcome(*there, 0, kDelivered), outcome(*there, 1, kFailed), decision(*there, 2, kHeld)});
  const std::string end = there->name + ".";
  const std::string later = queue_epoch_of(there->name) + "-999.0";
  const std::vector<std::string> all = {gone->name + ".0", end + "0", end + "1",   end + "2",
                                        end + "3",         later,     "other-1.0", "1.0"};
  EXPECT_EQ(queue->finished(all),
            (std::vector<std::string>{gone->name + ".0", end + "0", end + "1"}));
}

TEST_F(QueueTest, AMessageWithoutRecipientsIsAMistake) {
  EXPECT_THROW(queue->accept(simple_message("x", 0), {}), std::invalid_argument);
}

TEST_F(QueueTest, WhatWaitsIsCommittedAtTheEnd) {
  std::atomic<int> done = 0;
  Stored message = accept(*queue, simple_message("x"));
  for (int i = 0; i < 100; ++i)
    queue->accept(simple_message("x"), [&](const Stored&, const std::exception_ptr&) { ++done; });
  queue->record({outcome(*message, 0, kDelivered)}, [&](const std::exception_ptr&) { ++done; });
  queue.reset();
  EXPECT_EQ(done, 101);
  EXPECT_EQ(list_queue(folder.path()).size(), 100u);
}

TEST_F(QueueTest, ManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        Stored message = accept(*queue, simple_message("x"));
        if (n % 2 == 0) record(*queue, {outcome(*message, 0, kDelivered)});
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(list_queue(folder.path()).size(), 200u);
}

TEST_F(QueueTest, WhatHasLeftIsRemovedByTidying) {
  Stored gone = accept(*queue, simple_message("x"));
  Stored there = accept(*queue, simple_message("x", 2));
  record(*queue, {outcome(*gone, 0, kDelivered), outcome(*there, 0, kDelivered)});
  EXPECT_EQ(rows(), 2);
  EXPECT_EQ(list_queue(folder.path()).size(), 1u) << "it has left all the same";
  EXPECT_TRUE(queue->read({gone->id}).empty());
  tidy();
  EXPECT_EQ(rows(), 1);
}

TEST_F(QueueTest, ManyThatHaveLeftAreRemovedSomeAtATime) {
  deliver(2001);
  const Stored stays = accept(*queue, simple_message("x"));
  EXPECT_TRUE(queue->tidy());
  EXPECT_EQ(rows(), 2);
  EXPECT_FALSE(queue->tidy());
  EXPECT_EQ(rows(), 1);
}

TEST_F(QueueTest, WhatATidyingHasNotComeToIsRemovedAtTheEnd) {
  deliver(2001);
  EXPECT_TRUE(queue->tidy());
  deliver(1);
  queue.reset();
  EXPECT_EQ(rows(), 0);
}

TEST_F(QueueTest, WhatHasLeftIsRemovedAtTheEnd) {
  Stored message = accept(*queue, simple_message(std::string(kLargestInline + 1, 'x')));
  queue->record({outcome(*message, 0, kDelivered)}, {});
  queue.reset();
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(files(), 0u);
}

TEST_F(QueueTest, WhatACrashHasLeftIsFoundLittleByLittle) {
  queue.reset();
  Database(folder.path() / "queue.db")
      .script(
          "WITH RECURSIVE ids(id) AS (SELECT 2 UNION ALL SELECT id + 2 FROM ids LIMIT 15000)"
          " INSERT INTO message SELECT id, 'a', 'b', '', 0, 0, '7BIT', '', '', 1, x'78', 0, ''"
          " FROM ids");
  reopen();
  Stored stays = accept(*queue, simple_message("x"));
  EXPECT_TRUE(list_queue(folder.path()).size() == 1 && rows() == 15'001);
  tidy();
  EXPECT_EQ(rows(), 5001) << "a tidying looks through so many";
  tidy();
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(names(queue->due(kReceivedAt, 10)), std::vector{stays->name});
}

TEST_F(QueueTest, DeliveredPagesAreUsedAgain) {
  const std::string octets(900, 'x');
  auto turn = [&] {
    for (int i = 0; i < 50; ++i)
      record(*queue, {outcome(*accept(*queue, simple_message(octets)), 0, kDelivered)});
    tidy();
  };
  turn();
  auto pages = [&] {
    return Database(folder.path() / "queue.db").integer("PRAGMA page_count").value();
  };
  const auto before = pages();
  for (int i = 0; i < 5; ++i) turn();
  EXPECT_LE(pages(), before + 2);
}

}  // namespace
}  // namespace mailstore
