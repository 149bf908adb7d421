#include "mailstore/state_blocks.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using States = std::vector<MessageState>;
using Ranges = std::vector<mail::NumberRange>;

constexpr MailboxId kMailbox = 4;

class StateBlocksTest : public testing::Test {
 protected:
  StateBlocksTest() { migrate(database_, account_schema()); }

  States all(ModSeq since = 0, MailboxId mailbox = kMailbox) {
    States states;
    read_state_blocks(database_, mailbox, since, [&](States&& block) {
      states.insert(states.end(), block.begin(), block.end());
    });
    return states;
  }
  std::int64_t rows() { return database_.integer("SELECT count(*) FROM state_block").value(); }
  void fill(Uid messages) {
    States states;
    for (Uid uid = 1; uid <= messages; ++uid) states.push_back({uid, uid + 1, 0});
    append_states(database_, kMailbox, states);
  }

  tests::TemporaryFolder folder_;
  Database database_{folder_.path() / "mail.db"};
};

TEST_F(StateBlocksTest, WhatWasAppendedIsThereInOrder) {
  append_states(database_, kMailbox, {{5, 2, 1}, {511, 3, 0}});
  append_states(database_, kMailbox, {{512, 4, 2}, {90'000, 4, 0}});
  append_states(database_, kMailbox, {{90'001, 5, 0}});
  EXPECT_EQ(all(), (States{{5, 2, 1}, {511, 3, 0}, {512, 4, 2}, {90'000, 4, 0}, {90'001, 5, 0}}));
  EXPECT_EQ(rows(), 3);
  EXPECT_TRUE(all(0, kMailbox + 1).empty());
}

TEST_F(StateBlocksTest, AMailboxIsReadFromWhereItChanged) {
  fill(2000);
  const States late = all(1500);
  EXPECT_EQ(late.back().uid, 2000u);
  EXPECT_LE(late.size(), 1024u);
  EXPECT_TRUE(all(2001).empty());
}

TEST_F(StateBlocksTest, ChangesJustTheRanges) {
  fill(3000);
  std::vector<Uid> seen;
  change_states(database_, kMailbox, {{1, 1}, {510, 514}, {2999, 4'000'000'000}},
                [&](MessageState& state) {
                  seen.push_back(state.uid);
                  state.flags = 8;
                  return StateChange::kChanged;
                });
  EXPECT_EQ(seen, (std::vector<Uid>{1, 510, 511, 512, 513, 514, 2999, 3000}));
  for (const MessageState& state : all())
    EXPECT_EQ(state.flags != 0, std::binary_search(seen.begin(), seen.end(), state.uid));
}

TEST_F(StateBlocksTest, WritesNothingWhereNothingChanged) {
  fill(600);
  const auto before = database_.integer("SELECT total_changes()");
  change_states(database_, kMailbox, {{1, 600}}, [](MessageState& state) {
    state.flags = 1;  // not said
    return StateChange::kNone;
  });
  EXPECT_EQ(database_.integer("SELECT total_changes()"), before);
}

TEST_F(StateBlocksTest, ABlockThatIsEmptyIsGone) {
  fill(1100);
  change_states(database_, kMailbox, {{1, 511}},
                [](MessageState&) { return StateChange::kRemoved; });
  EXPECT_EQ(rows(), 2);
  EXPECT_EQ(all().front().uid, 512u);
}

TEST_F(StateBlocksTest, TheReaderFindsWhatIsThere) {
  append_states(database_, kMailbox, {{5, 2, 1}, {700, 3, 0}});
  StateReader reader(database_, kMailbox);
  EXPECT_EQ(reader.find(4), nullptr);
  EXPECT_EQ(*reader.find(5), (MessageState{5, 2, 1}));
  EXPECT_EQ(*reader.find(700), (MessageState{700, 3, 0}));
  EXPECT_EQ(reader.find(1'000'000), nullptr);
}

TEST_F(StateBlocksTest, ADamagedBlockIsSaidByName) {
  fill(10);
  database_.run("UPDATE state_block SET states = x'ff'");
  try {
    all();
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("mail.db"), std::string::npos) << error.what();
  }
}

TEST_F(StateBlocksTest, AUidThatIsThereIsNotWrittenOver) {
  fill(10);
  EXPECT_THROW(append_states(database_, kMailbox, {{10, 20, 0}}), StoreError);
  EXPECT_EQ(all().back(), (MessageState{10, 11, 0}));
}

TEST_F(StateBlocksTest, AgreesWithAMapWhateverIsDone) {
  std::mt19937 random(3);
  std::map<Uid, MessageState> expected;
  Uid next = 1;
  for (ModSeq mod_seq = 2; mod_seq < 400; ++mod_seq) {
    States arrived;
    for (auto i = random() % 40; i > 0; --i)
      arrived.push_back({next += random() % 9 + 1, mod_seq, 0});
    append_states(database_, kMailbox, arrived);
    for (const MessageState& state : arrived) expected[state.uid] = state;
    Ranges ranges;
    for (Uid at = random() % 300; at < next && ranges.size() < 5; at += random() % 900 + 2)
      ranges.push_back({at + 1, at += random() % 700});
    for (auto& range : ranges) range.last = std::max(range.last, range.first);
    const auto change = [&](MessageState& state) {
      const auto what = static_cast<StateChange>((state.uid * 7 + mod_seq) % 11 % 3);
      if (what == StateChange::kChanged) state = {state.uid, mod_seq, state.flags + 1};
      return what;
    };
    change_states(database_, kMailbox, ranges, change);
    for (const auto& range : ranges)
      for (auto at = expected.lower_bound(range.first);
           at != expected.end() && at->first <= range.last;)
        at = change(at->second) == StateChange::kRemoved ? expected.erase(at) : std::next(at);
  }
  States left;
  for (const auto& [uid, state] : expected) left.push_back(state);
  EXPECT_EQ(all(), left);
}

}  // namespace
}  // namespace mailstore
