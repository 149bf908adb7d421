#include "mailstore/queue_tables.hpp"

#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/mailstore/queued_messages.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using enum RecipientState;

struct QueueTablesTest : ::testing::Test {
  tests::TemporaryFolder folder;
  Database database{folder.path() / "queue.db"};
  ContentFiles files{folder.path()};

  QueueTablesTest() { migrate(database, queue_schema()); }

  QueueId insert(int recipients) {
    QueuedMessage message = simple_message("octets", recipients);
    for (int i = 0; i < recipients; ++i) message.recipients[static_cast<std::size_t>(i)].number = i;
    return insert_queued(database, message, ContentPlace::kRow);
  }
};

TEST_F(QueueTablesTest, AMessageIsReadAsItWasInserted) {
  const QueueId id = insert(2);
  auto message = read_queued(database, files, "epoch", id);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->name, queue_name("epoch", id));
  EXPECT_EQ(message->content.view(), "octets");
  EXPECT_EQ(message->recipients[1].address.local, "bob1");
  EXPECT_FALSE(read_queued(database, files, "epoch", id + 1));
}

TEST_F(QueueTablesTest, TheLastOutcomeLeavesNobody) {
  const QueueId id = insert(2);
  EXPECT_FALSE(apply_outcomes(database, id, {{id, 0, kDelivered, 0, ""}}));
  EXPECT_FALSE(apply_outcomes(database, id, {{id, 1, kHeld, 0, "", Cause::kDecision}}));
  EXPECT_TRUE(apply_outcomes(database, id, {{id, 1, kFailed, 0, ""}}));
  end_queued(database, id);
  EXPECT_EQ(database.integer("SELECT count(*) FROM recipient"), 0);
  EXPECT_TRUE(remove_ended(database, {id}).empty()) << "the content is in the row";
  EXPECT_EQ(database.integer("SELECT count(*) FROM message"), 0);
}

TEST_F(QueueTablesTest, AnEndThatIsNoLegalMoveEndsNothing) {
  const QueueId id = insert(2);
  apply_outcomes(database, id, {{id, 0, kFailed, 0, ""}});
  const std::vector<Outcome> illegal = {{id, 0, kDelivered, 0, ""}, {id, 1, kDelivered, 0, ""}};
  EXPECT_THROW(apply_outcomes(database, id, illegal), StoreError);
  EXPECT_THROW(apply_outcomes(database, id, {{id, 1, kDelivered, 0, "", Cause::kDecision}}),
               StoreError);
  EXPECT_TRUE(apply_outcomes(database, id, {{id, 0, kFailed, 0, ""}, {id, 1, kFailed, 0, ""}}));
}

TEST_F(QueueTablesTest, AnIllegalMoveNamesBothStates) {
  const QueueId id = insert(2);
  apply_outcomes(database, id, {{id, 0, kFailed, 0, ""}});
  try {
    apply_outcomes(database, id, {{id, 0, kQueued, 0, ""}});
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("from failed to queued"), std::string::npos);
  }
}

TEST_F(QueueTablesTest, AMessageWithAFileSaysSo) {
  QueuedMessage message = simple_message("octets");
  const QueueId id = insert_queued(database, message, ContentPlace::kFile);
  EXPECT_THROW(read_queued(database, files, "epoch", id), StoreError);
  EXPECT_EQ(remove_ended(database, {id}), std::vector{id});
}

TEST_F(QueueTablesTest, ADeliveryIdIsReadAsItIsWritten) {
  const auto key = parse_delivery_id("epoch", "epoch-17.3");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->message, 17);
  EXPECT_EQ(key->recipient, 3);
  for (const char* other : {"", "epoch", "epoch-", "epoch-17", "epoch-17.", "epoch-.3",
                            "epoch-17.3x", "epocx-17.3", "epoch-99999999999999999999.0"})
    EXPECT_FALSE(parse_delivery_id("epoch", other)) << other;
}

TEST_F(QueueTablesTest, WhatHasEndedIsSeenByNobody) {
  const QueueId before = insert(1), ended = insert(2), after = insert(1);
  end_queued(database, ended);
  EXPECT_FALSE(read_queued(database, files, "epoch", ended));
  EXPECT_FALSE(read_envelope(database, "epoch", ended));
  EXPECT_EQ(read_all_queued(database).size(), 2u);
  EXPECT_EQ(due_messages(database, kReceivedAt, 10), (std::vector{before, after}));
  EXPECT_TRUE(is_finished(database, {ended, 0}));
  EXPECT_TRUE(apply_outcomes(database, ended, {{ended, 0, kDelivered, 0, ""}}));
  EXPECT_EQ(ended_after(database, 0, 10).ids, std::vector{ended});
  EXPECT_EQ(ended_after(database, 0, 10).last, after);
  EXPECT_TRUE(ended_after(database, 0, 1).ids.empty());
  EXPECT_EQ(ended_after(database, 0, 1).last, before);
  EXPECT_TRUE(ended_after(database, ended, 10).ids.empty());
  EXPECT_EQ(ended_after(database, after, 10).last, 0);
}

TEST_F(QueueTablesTest, DueIsEachMessageOnce) {
  const QueueId one = insert(3), two = insert(1);
  EXPECT_EQ(due_messages(database, kReceivedAt, 10), (std::vector{one, two}));
  EXPECT_EQ(due_messages(database, kReceivedAt, 1), std::vector{one});
  EXPECT_TRUE(due_messages(database, -1, 10).empty());
  EXPECT_EQ(read_all_queued(database).size(), 2u);
}

}  // namespace
}  // namespace mailstore
