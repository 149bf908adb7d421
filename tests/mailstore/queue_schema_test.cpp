#include <gtest/gtest.h>

#include "mailstore/queue_tables.hpp"
#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

std::string plan(Database& database, std::string_view sql) {
  std::string text;
  for (Statement row = database.query("EXPLAIN QUERY PLAN " + std::string(sql)); row.step();)
    text += row.string(3) + "\n";
  return text;
}

TEST(QueueSchema, ChoosesAnEpochOnce) {
  tests::TemporaryFolder folder;
  Database one(folder.path() / "one.db"), other(folder.path() / "other.db");
  migrate(one, queue_schema());
  migrate(other, queue_schema());
  auto epoch = [](Database& database) {
    Statement row = database.query("SELECT word FROM epoch");
    return row.step() ? row.string(0) : "";
  };
  const std::string first = epoch(one);
  EXPECT_EQ(first.size(), 16u);
  EXPECT_NE(first, epoch(other));
  migrate(one, queue_schema());
  EXPECT_EQ(epoch(one), first);
}

TEST(QueueSchema, AQueueOfVersion1KeepsItsMessages) {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "queue.db";
  {
    Database old(file);
    Schema first = queue_schema();
    first.steps.resize(1);
    migrate(old, first);
    old.run(
        "INSERT INTO message VALUES (7, 'alice', 'example.test', '', 1000, 0, '7BIT', '', '', 6,"
        " CAST('octets' AS BLOB))");
    old.run(
        "INSERT INTO recipient VALUES (7, 0, 'bob', 'b.test', 'bob@b.test', 0, 0, 3, 5000,"
        " '451 later', '', ''), (7, 1, 'eve', 'e.test', 'eve@e.test', 0, 3, 0, 0, '', '', '')");
  }
  const ContentFiles files(folder.path());
  Database database(file);
  migrate(database, queue_schema());
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "queue.db.v1"));
  const auto message = read_queued(database, files, "epoch", 7);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->content.view(), "octets");
  EXPECT_FALSE(message->requiretls);
  EXPECT_EQ(message->message_id, "");
  ASSERT_EQ(message->recipients.size(), 2u);
  EXPECT_EQ(message->recipients[0].attempts, 3);
  EXPECT_EQ(message->recipients[0].last_reply, "451 later");
  EXPECT_FALSE(message->recipients[0].delay_told);
  EXPECT_EQ(message->recipients[0].forwarded_by, "");
  EXPECT_EQ(message->recipients[1].state, RecipientState::kHeld);
  EXPECT_EQ(due_messages(database, 5000, 10), std::vector<QueueId>{7});
}

TEST(QueueSchema, WhatIsDueIsFoundWithoutASort) {
  tests::TemporaryFolder folder;
  Database database(folder.path() / "queue.db");
  migrate(database, queue_schema());
  const std::string due = plan(database,
                               "SELECT message FROM recipient WHERE state = 0 AND next_attempt <= 5"
                               " ORDER BY next_attempt, message");
  EXPECT_NE(due.find("recipient_due"), std::string::npos) << due;
  EXPECT_EQ(due.find("TEMP B-TREE"), std::string::npos) << due;
  const std::string from = plan(database,
                                "SELECT number FROM recipient INDEXED BY recipient_due"
                                " WHERE state = 0 AND next_attempt <= 5"
                                " AND (next_attempt, message, number) > (1, 2, 3)"
                                " ORDER BY next_attempt, message, number LIMIT 10");
  EXPECT_NE(from.find("INDEX recipient_due ((next_attempt,message,number)>"), std::string::npos)
      << from;
  EXPECT_EQ(from.find("TEMP B-TREE"), std::string::npos) << from;
  const std::string next =
      plan(database, "SELECT min(next_attempt) FROM recipient WHERE state = 0");
  EXPECT_NE(next.find("recipient_due"), std::string::npos) << next;
}

}  // namespace
}  // namespace mailstore
