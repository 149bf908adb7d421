#include "mailstore/sort_columns.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

SortableMessage sortable(Uid uid, const std::string& subject) {
  SortableMessage made;
  made.uid = uid;
  made.arrival = -5;
  made.size = 1 << 20;
  made.facts.subject = subject;
  made.facts.display_to = "BOB";
  made.facts.message_id = "m@x";
  made.facts.references = {"a@x", "b@x"};
  made.facts.is_reply = true;
  return made;
}

ColumnReader reader(const ChunkWriter& chunk, SortColumn column) {
  return ColumnReader(chunk.column(static_cast<int>(column)));
}

TEST(SortColumns, WhatIsPackedIsRead) {
  ChunkWriter chunk("secret");
  chunk.add(sortable(7, "ONE"));
  chunk.add(sortable(4'000'000'000, ""));
  EXPECT_EQ(chunk.messages(), 2u);
  auto uids = reader(chunk, SortColumn::kUid);
  EXPECT_EQ(uids.uid(), 7u);
  EXPECT_EQ(uids.uid(), 4'000'000'000u);
  EXPECT_TRUE(uids.at_end());
  EXPECT_EQ(reader(chunk, SortColumn::kArrival).number(), -5);
  EXPECT_EQ(reader(chunk, SortColumn::kSize).number(), 1 << 20);
  auto subjects = reader(chunk, SortColumn::kSubject);
  EXPECT_EQ(subjects.text(), "ONE");
  EXPECT_EQ(subjects.text(), "");
  EXPECT_EQ(reader(chunk, SortColumn::kDisplayTo).text(), "BOB");
}

TEST(SortColumns, TheDateIsThatOfArrivalWithoutOne) {
  auto some = sortable(1, "");
  EXPECT_EQ(some.date(), -5);
  some.facts.sent_at = 9;
  EXPECT_EQ(some.number(SortColumn::kDate), 9);
}

TEST(SortColumns, ThreadsAreNumbers) {
  ChunkWriter chunk("secret");
  chunk.add(sortable(7, "ONE"));
  Threadable value;
  reader(chunk, SortColumn::kThread).thread(value);
  const Threadable expected = threadable(sortable(7, "ONE"), "secret");
  EXPECT_EQ(value.message.subject, expected.message.subject);
  EXPECT_EQ(value.message.id, expected.message.id);
  EXPECT_TRUE(value.message.is_reply);
  EXPECT_EQ(value.references, expected.references);
  EXPECT_EQ(value.references.size(), 2u);
  EXPECT_NE(value.references, threadable(sortable(7, "ONE"), "other").references);
}

TEST(SortColumns, DamagedOctetsAreNotReadBeyond) {
  const std::string cut(
      "\x05\x00"
      "ab",
      4);
  ColumnReader texts(cut);
  EXPECT_EQ(texts.text(), "ab");
  EXPECT_TRUE(texts.at_end());
  EXPECT_EQ(texts.text(), "");
  EXPECT_EQ(ColumnReader("abc").number(), 0);
  std::string references(25, '\0');
  references += "\xff\xff";
  Threadable value;
  ColumnReader(references).thread(value);
  EXPECT_TRUE(value.references.empty());
}

}  // namespace
}  // namespace mailstore
