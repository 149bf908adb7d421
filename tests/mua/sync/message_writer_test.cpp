#include "mua/sync/message_writer.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class MessageWriterTest : public StoreTrial {};

TEST_F(MessageWriterTest, PutsOnceAndTakesFlags) {
  const MessageId id = put(1);
  auto again = message(1, "other");
  again.flags = mail::FlagSet{mail::kSeen, {"$Label"}};
  EXPECT_FALSE(writer.put(inbox, again));
  EXPECT_EQ(list.row(id)->flags.system, mail::kSeen);
  EXPECT_EQ(list.row(id)->flags.keywords, std::vector<std::string>{"$Label"});
  EXPECT_FALSE(writer.set_flags(inbox, 1, *again.flags)) << "they were so";
  EXPECT_FALSE(writer.set_flags(inbox, 2, *again.flags)) << "not here";
}

TEST_F(MessageWriterTest, WhatTheJournalStillHasToTellStaysSeen) {
  const MessageId id = put(1);
  const std::vector<MessageId> one{id};
  actions.flag(one, "\\Flagged", Actions::Change::kSet, kNow);
  writer.set_flags(inbox, 1, {mail::kSeen, {}});
  EXPECT_EQ(list.row(id)->flags.system, mail::kSeen | mail::kFlagged);
}

TEST_F(MessageWriterTest, WhatWasMovedHereDoesNotComeBackBeforeTheServerKnows) {
  const std::vector<MessageId> one{put(1)};
  actions.move(one, trash, kNow);
  EXPECT_FALSE(writer.put(inbox, message(1, "hello")));
  EXPECT_EQ(list.count(inbox), 0u);
}

TEST_F(MessageWriterTest, VanishedOnesGo) {
  for (std::uint32_t uid = 1; uid <= 6; ++uid) put(uid);
  EXPECT_EQ(writer.vanish(inbox, *mail::SequenceSet::parse("1:2,6,99")), 3u);
  EXPECT_EQ(writer.keep_only(inbox, {3, 4}, {4}), 1u);
  EXPECT_EQ(list.count(inbox), 2u);
  writer.forget(inbox);
  EXPECT_EQ(list.count(inbox), 0u);
}

TEST_F(MessageWriterTest, AMovedMessageGetsItsNewUidAndKeepsItsId) {
  const MessageId id = put(1);
  const std::vector<MessageId> one{id};
  actions.move(one, trash, kNow);
  actions.flag(one, "\\Seen", Actions::Change::kSet, kNow);
  writer.put(trash, message(70, "hello"));  // the next look was quicker than COPYUID
  writer.placed(id, trash, 70);
  EXPECT_EQ(list.count(trash), 1u);
  EXPECT_EQ(list.row(id)->uid, 70u);
  const auto second = journal.unfinished().at(1);
  EXPECT_EQ(journal.messages(second.id).at(0).uid, 70u) << "what waits knows it too";
}

TEST_F(MessageWriterTest, AMoveNobodyTellsTheEndOfIsForgotten) {
  const MessageId id = put(1);
  const std::vector<MessageId> one{id};
  actions.move(one, trash, kNow);
  writer.lost_sight(id, trash);
  EXPECT_FALSE(list.row(id));
}

TEST_F(MessageWriterTest, AttachmentsAreGuessedFromTheHeader) {
  auto with = message(1, "x");
  with.sections[0].octets = "Content-Type: multipart/mixed; boundary=a\r\n\r\n";
  EXPECT_TRUE(list.row(*writer.put(inbox, with))->has_attachment);
  auto without = message(2, "x");
  without.sections[0].octets = "Content-Type: multipart/alternative; boundary=a\r\n\r\n";
  EXPECT_FALSE(list.row(*writer.put(inbox, without))->has_attachment);
}

}  // namespace
}  // namespace mua::sync
