#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/mailstore/temporary_folder.hpp"

namespace mailstore {
namespace {

std::string plan(Database& database, std::string_view sql) {
  std::string text;
  for (Statement row = database.query("EXPLAIN QUERY PLAN " + std::string(sql)); row.step();)
    text += row.string(3) + "\n";
  return text;
}

TEST(QueueSchema, ChoosesAnEpochOnce) {
  TemporaryFolder folder;
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

TEST(QueueSchema, WhatIsDueIsFoundWithoutASort) {
  TemporaryFolder folder;
  Database database(folder.path() / "queue.db");
  migrate(database, queue_schema());
  const std::string due = plan(database,
                               "SELECT message FROM recipient WHERE state = 0 AND next_attempt <= 5"
                               " ORDER BY next_attempt, message");
  EXPECT_NE(due.find("recipient_due"), std::string::npos) << due;
  EXPECT_EQ(due.find("TEMP B-TREE"), std::string::npos) << due;
  const std::string next =
      plan(database, "SELECT min(next_attempt) FROM recipient WHERE state = 0");
  EXPECT_NE(next.find("recipient_due"), std::string::npos) << next;
}

}  // namespace
}  // namespace mailstore
