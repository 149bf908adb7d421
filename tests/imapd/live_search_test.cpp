#include "imapd/live_search.hpp"

#include <gtest/gtest.h>

#include "imapd/selected.hpp"

namespace imapd {
namespace {

using Uids = std::vector<mailstore::Uid>;

/// A mailbox with UIDs 10, 20, ... 90.
class LiveSearchTest : public testing::Test {
 protected:
  LiveSearchTest() : selected_({}, Access::kReadWrite, view()) {}

  static mailstore::MailboxView view() {
    mailstore::MailboxView view;
    for (std::uint32_t i = 1; i <= 9; ++i) view.messages.push_back({i * 10, 1, 0});
    view.uid_next = 91;
    return view;
  }
  static LiveSearch search(Uids uids, Numbering numbering = Numbering::kUid) {
    return {"B01", numbering, {}, std::move(uids), nullptr};
  }
  static LiveSearch sort(Uids uids) {
    auto made = search(std::move(uids));
    made.order = [](auto&, const auto&, Uids those) { return those; };
    return made;
  }
  std::string told(LiveSearch& search, const Uids& touched, const Uids& matching) {
    std::string out;
    tell_change(search, changed_result(search, touched, matching), selected_, out);
    return out;
  }
  std::string told_order(LiveSearch& search, const Uids& touched, Uids now, Uids removed = {}) {
    ResultChange change{std::move(removed), std::move(now)};
    note_moves(search, touched, change);
    std::string out;
    tell_change(search, std::move(change), selected_, out);
    return out;
  }

  Selected selected_;
};

TEST_F(LiveSearchTest, TellsWhatCameAndWent) {
  auto live = search({10, 20});
  EXPECT_EQ(told(live, {30, 40}, {30, 40}), "* ESEARCH (TAG \"B01\") UID ADDTO (0 30,40)\r\n");
  EXPECT_EQ(told(live, {10, 30, 50}, {50}),
            "* ESEARCH (TAG \"B01\") UID REMOVEFROM (0 10,30)\r\n"
            "* ESEARCH (TAG \"B01\") UID ADDTO (0 50)\r\n");
  EXPECT_EQ(live.uids, (Uids{20, 40, 50}));
  EXPECT_EQ(told(live, {20}, {20}), "");
  EXPECT_EQ(told(live, {90}, {}), "");
}

TEST_F(LiveSearchTest, SpeaksInTheNumbersOfItsCommand) {
  auto live = search({}, Numbering::kSequence);
  EXPECT_EQ(told(live, {10, 20, 40}, {10, 20, 40}), "* ESEARCH (TAG \"B01\") ADDTO (0 1:2,4)\r\n");
}

// RFC 5267 §4.3.4: while the number is still valid.
TEST_F(LiveSearchTest, TakesOutWhatIsExpungedBeforeItIsTold) {
  selected_.live_searches.add(search({20, 30}, Numbering::kSequence));
  std::string out;
  selected_.expunged({30, 40}, {}, out);
  EXPECT_EQ(out, "* ESEARCH (TAG \"B01\") REMOVEFROM (0 3)\r\n* 3 EXPUNGE\r\n* 3 EXPUNGE\r\n");
}

// RFC 5267 §4.3.3, §4.3.4: pairs of a position and what stands there, carried out in turn.
TEST_F(LiveSearchTest, TellsPositionsInASort) {
  auto live = sort({50, 10, 40, 20, 30});
  EXPECT_EQ(told_order(live, {10, 20, 30}, {50, 40}, {10, 20, 30}),
            "* ESEARCH (TAG \"B01\") UID REMOVEFROM (2 10 3 20,30)\r\n");
  EXPECT_EQ(told_order(live, {10, 60, 70}, {60, 50, 10, 70, 40}),
            "* ESEARCH (TAG \"B01\") UID ADDTO (1 60 3 10,70)\r\n");
  EXPECT_EQ(live.uids, (Uids{60, 50, 10, 70, 40}));
}

TEST_F(LiveSearchTest, MovesWhatAChangeMovedInTheOrder) {
  auto live = sort({10, 20, 30});
  EXPECT_EQ(told_order(live, {10}, {20, 30, 10}),
            "* ESEARCH (TAG \"B01\") UID REMOVEFROM (1 10)\r\n"
            "* ESEARCH (TAG \"B01\") UID ADDTO (3 10)\r\n");
}

TEST_F(LiveSearchTest, RemembersWhatSequenceNumbersMeant) {
  mail::SearchKey key;
  key.kind = mail::SearchKey::Kind::kSequence;
  key.set = *mail::SequenceSet::parse("2:3,9");
  fix_sequence_numbers(key, selected_);
  EXPECT_EQ(key.kind, mail::SearchKey::Kind::kUid);
  EXPECT_EQ(key.set.to_string(), "20:30,90");
}

TEST_F(LiveSearchTest, NotesWhatIsTouchedWhileSomethingIsLive) {
  auto& live = selected_.live_searches;
  live.touch(10);
  EXPECT_FALSE(live.touched());
  live.add(search({}));
  live.touch(30);
  live.touch(10);
  live.touch(30);
  EXPECT_EQ(live.take_touched(), (Uids{10, 30}));
  EXPECT_FALSE(live.touched());
  EXPECT_TRUE(live.knows("B01"));
  EXPECT_TRUE(live.cancel("B01"));
  EXPECT_FALSE(live.cancel("B01"));
}

}  // namespace
}  // namespace imapd
