#include "imapd/selected.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

mailstore::MailboxView view_of(std::vector<mailstore::Uid> uids) {
  mailstore::MailboxView view;
  view.uid_validity = 1;
  for (auto uid : uids) view.messages.push_back({uid, 5, 0});
  view.uid_next = uids.empty() ? 1 : uids.back() + 1;
  view.first_recent = view.uid_next;
  view.highest_mod_seq = 5;
  return view;
}

Selected selected_of(std::vector<mailstore::Uid> uids) {
  mailstore::MailboxInfo info;
  info.id = 7;
  info.name = "INBOX";
  return Selected(info, Access::kReadWrite, view_of(std::move(uids)));
}

mailstore::MailboxChanges changes(std::vector<mailstore::MessageState> changed,
                                  std::vector<mailstore::Uid> vanished, mailstore::Uid uid_next) {
  mailstore::MailboxChanges result;
  result.changed = std::move(changed);
  result.vanished = std::move(vanished);
  result.uid_next = uid_next;
  result.first_recent = uid_next;
  result.highest_mod_seq = 9;
  return result;
}

std::string tell(Selected& selected, mailstore::MailboxChanges news,
                 Expunges expunges = Expunges::kTell, Enabled enabled = {}) {
  std::string out;
  selected.tell(std::move(news), expunges, enabled, out);
  return out;
}

mail::MessageSet set(std::string_view text) { return {*mail::SequenceSet::parse(text), false}; }

TEST(Selected, TellsNewMessages) {
  auto selected = selected_of({3, 5});
  auto news = changes({{8, 6, 0}, {9, 7, 0}}, {}, 10);
  news.first_recent = 9;
  EXPECT_EQ(tell(selected, news), "* 4 EXISTS\r\n* 1 RECENT\r\n");
  EXPECT_TRUE(selected.is_recent(9));
  EXPECT_FALSE(selected.is_recent(8));
  EXPECT_EQ(selected.sequence_of(9), 4u);
}

TEST(Selected, TellsExpungesWithTheNumbersOfThatMoment) {
  auto selected = selected_of({1, 2, 3, 4, 5});
  EXPECT_EQ(tell(selected, changes({}, {2, 3, 5}, 6)),
            "* 2 EXPUNGE\r\n* 2 EXPUNGE\r\n* 3 EXPUNGE\r\n");
  EXPECT_EQ(selected.size(), 2u);
}

TEST(Selected, HoldsExpungesUntilTheyMayBeTold) {
  auto selected = selected_of({1, 2, 3});
  EXPECT_EQ(tell(selected, changes({{4, 6, 0}}, {2}, 5), Expunges::kHold),
            "* 4 EXISTS\r\n* 0 RECENT\r\n");
  EXPECT_EQ(selected.sequence_of(3), 3u);
  EXPECT_EQ(tell(selected, changes({}, {}, 5)), "* 2 EXPUNGE\r\n");
  EXPECT_EQ(selected.sequence_of(3), 2u);
}

TEST(Selected, TellsVanishedToThoseWhoEnabledQresync) {
  auto selected = selected_of({1, 2, 3, 5});
  Enabled enabled;
  enabled.condstore = enabled.qresync = true;
  EXPECT_EQ(tell(selected, changes({}, {1, 2, 5}, 6), Expunges::kTell, enabled),
            "* VANISHED 1:2,5\r\n");
}

TEST(Selected, TellsFlagsThatChanged) {
  auto selected = selected_of({1, 2});
  EXPECT_EQ(tell(selected, changes({{2, 8, mail::kSeen}}, {}, 3)),
            "* 2 FETCH (FLAGS (\\Seen))\r\n");
  EXPECT_EQ(tell(selected, changes({{2, 9, mail::kSeen}}, {}, 3)), "");
  Enabled enabled;
  enabled.condstore = true;
  EXPECT_EQ(tell(selected, changes({{2, 10, mail::kSeen}}, {}, 3), Expunges::kTell, enabled),
            "* 2 FETCH (UID 2 MODSEQ (10) FLAGS (\\Seen))\r\n");
}

TEST(Selected, DoesNotTellWhatTheSessionDidItself) {
  auto selected = selected_of({1, 2});
  std::string out;
  selected.expunged({1}, {}, out);
  EXPECT_EQ(out, "* 1 EXPUNGE\r\n");
  const std::vector<mailstore::MessageState> seen{{2, 8, mail::kSeen}};
  selected.update(seen);
  EXPECT_EQ(tell(selected, changes({{2, 8, mail::kSeen}}, {1}, 3)), "");
}

TEST(Selected, SaysWhatTheMessagesItUpdatesWere) {
  auto selected = selected_of({1, 2, 700, 701});
  const std::vector<mailstore::MessageState> states{
      {2, 8, mail::kSeen}, {600, 8, mail::kSeen}, {701, 8, 0}, {9000, 8, 0}};
  std::vector<std::uint32_t> sequences;
  selected.update(states, [&](std::uint32_t sequence, const auto& before, const auto& after) {
    sequences.push_back(sequence);
    EXPECT_EQ(before.uid, after.uid);
    EXPECT_EQ(before.flags, 0u);
    EXPECT_EQ(after, selected.message(sequence));
  });
  EXPECT_EQ(sequences, (std::vector<std::uint32_t>{2, 4}));
}

TEST(Selected, IgnoresAMessageThatCameAndWentUnseen) {
  auto selected = selected_of({1});
  EXPECT_EQ(tell(selected, changes({}, {2}, 3)), "");
}

TEST(Selected, TellsNewKeywordsBeforeTheFlagsThatUseThem) {
  auto selected = selected_of({1});
  auto news = changes({{1, 8, 1u << 8}}, {}, 2);
  news.keywords = {"$label1"};
  auto told = tell(selected, news);
  EXPECT_TRUE(told.starts_with("* FLAGS (")) << told;
  EXPECT_TRUE(told.ends_with("* 1 FETCH (FLAGS ($label1))\r\n")) << told;
}

TEST(Selected, FindsMessagesBySequenceNumber) {
  auto selected = selected_of({3, 5, 9});
  auto found = selected.find(set("2:*"), Numbering::kSequence);
  ASSERT_TRUE(found);
  EXPECT_EQ(selected.uids(*found), (std::vector<mail::NumberRange>{{5, 9}}));
  EXPECT_FALSE(selected.find(set("4"), Numbering::kSequence));
  EXPECT_FALSE(selected.find(set("1:4"), Numbering::kSequence));
  EXPECT_TRUE(selected_of({}).find(set("1:*"), Numbering::kUid)->empty());
}

TEST(Selected, FindsMessagesByUid) {
  auto selected = selected_of({3, 5, 9});
  EXPECT_EQ(*selected.find(set("4:8"), Numbering::kUid), (std::vector<mail::NumberRange>{{2, 2}}));
  EXPECT_EQ(*selected.find(set("100:*"), Numbering::kUid),
            (std::vector<mail::NumberRange>{{3, 3}}));
  EXPECT_TRUE(selected.find(set("4,6"), Numbering::kUid)->empty());
}

TEST(Selected, PutsUidsWhereTheCriteriaSayRecent) {
  auto view = view_of({3, 5, 9});
  view.first_recent = 5;
  Selected selected({}, Access::kReadWrite, view);
  mail::SearchKey key;
  key.kind = mail::SearchKey::Kind::kRecent;
  selected.resolve_recent(key);
  EXPECT_EQ(key.kind, mail::SearchKey::Kind::kUid);
  EXPECT_EQ(key.set.to_string(), "5:9");
  EXPECT_EQ(selected.recent_count(), 2u);
}

TEST(Selected, CutsMessagesIntoParts) {
  auto selected = selected_of({2, 4, 6, 8, 10, 12, 14});
  using Ranges = std::vector<mail::NumberRange>;
  auto parts = selected.uid_parts({{1, 1}, {3, 7}}, 3);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0], (Ranges{{2, 2}, {6, 8}}));
  EXPECT_EQ(parts[1], (Ranges{{10, 14}}));
  EXPECT_EQ(selected.uid_parts({{1, 7}}, 100).size(), 1u);
  EXPECT_TRUE(selected.uid_parts({}, 100).empty());
}

TEST(Selected, WhatTheSessionDidItselfNeedNotBeReadAgain) {
  auto selected = selected_of({1, 2});
  selected.advance(5, 6);
  EXPECT_EQ(selected.view().highest_mod_seq, 6u);
  selected.advance(8, 9);  // somebody else did 7 and 8
  EXPECT_EQ(selected.view().highest_mod_seq, 6u);
}

}  // namespace
}  // namespace imapd
