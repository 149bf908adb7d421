#include "mailstore/message_states.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>
#include <thread>

namespace mailstore {
namespace {

MessageStates some(Uid count, Uid apart = 1) {
  MessageStates states;
  for (Uid i = 1; i <= count; ++i) states.push_back({i * apart, i, 0});
  return states;
}

std::vector<Uid> uids(const MessageStates& states) {
  std::vector<Uid> all;
  for (const auto& state : states) all.push_back(state.uid);
  return all;
}

TEST(MessageStates, HasNothingAtFirst) {
  MessageStates states;
  EXPECT_TRUE(states.empty());
  EXPECT_EQ(states.begin(), states.end());
  EXPECT_EQ(states.lower_bound(1), 0u);
}

TEST(MessageStates, IsARange) {
  const auto states = some(3000, 3);
  EXPECT_EQ(states.size(), 3000u);
  EXPECT_EQ(states.front().uid, 3u);
  EXPECT_EQ(states.back().uid, 9000u);
  EXPECT_EQ(states[1234].uid, 3705u);
  EXPECT_EQ(states.end() - states.begin(), 3000);
  EXPECT_EQ(states.begin()[2999].uid, 9000u);
  const auto found = std::find_if(states.begin(), states.end(),
                                  [](const MessageState& state) { return state.uid > 6000; });
  EXPECT_EQ(found->uid, 6003u);
  EXPECT_EQ((found - 1)->uid, 6000u);
}

TEST(MessageStates, FindsByUid) {
  const auto states = some(3000, 3);
  EXPECT_EQ(states.lower_bound(1), 0u);
  EXPECT_EQ(states.lower_bound(3), 0u);
  EXPECT_EQ(states.lower_bound(4), 1u);
  EXPECT_EQ(states.lower_bound(9000), 2999u);
  EXPECT_EQ(states.lower_bound(9001), 3000u);
  EXPECT_EQ(states.lower_bound(UINT32_MAX), 3000u);
}

TEST(MessageStates, ABlockIsChangedInPlaceOnceAnotherThreadHasLetItGo) {
  auto mine = some(100);
  const MessageState* const place = &mine.back();
  std::atomic<bool> gone = false;
  std::thread reader([view = mine, &gone]() mutable {
    {
      const MessageStates theirs = std::move(view);
      EXPECT_EQ(theirs.back().mod_seq, 100u);
    }
    gone.store(true, std::memory_order_relaxed);  // orders nothing, so that the count must
  });
  while (!gone.load(std::memory_order_relaxed)) std::this_thread::yield();
  const MessageState changed{100, 200, 1};
  mine.update({&changed, 1});
  reader.join();
  EXPECT_EQ(mine.back().mod_seq, 200u);
  EXPECT_EQ(&mine.back(), place);
}

TEST(MessageStates, ErasesAsAListDoes) {
  std::mt19937 random(7);
  auto states = some(5000);
  auto expected = uids(states);
  while (!expected.empty()) {
    std::vector<Uid> gone = {1, 4999, 7000};  // some are gone already, or never were
    std::sample(expected.begin(), expected.end(), std::back_inserter(gone), 700, random);
    std::sort(gone.begin(), gone.end());
    states.erase(gone);
    std::erase_if(expected,
                  [&](Uid uid) { return std::binary_search(gone.begin(), gone.end(), uid); });
    ASSERT_EQ(uids(states), expected);
    for (std::size_t i = 0; i < expected.size(); i += 97) ASSERT_EQ(states[i].uid, expected[i]);
  }
  EXPECT_TRUE(states.empty());
}

TEST(MessageStates, ACopyKeepsWhatItHad) {
  auto states = some(2000);
  const auto copy = states;
  states.update(std::vector<MessageState>{{1501, 9000, 4}});
  states.erase({1, 2, 3});
  states.push_back({2001, 9001, 0});
  EXPECT_EQ(copy.size(), 2000u);
  EXPECT_EQ(copy[1500].flags, 0u);
  EXPECT_EQ(states[1497].flags, 4u);
}

TEST(MessageStates, UpdatesThoseThatAreThere) {
  auto states = some(2000, 3);
  const auto copy = states;
  const std::vector<MessageState> changed{{1, 9, 1},    {3, 9, 1},    {4, 9, 1},
                                          {1536, 9, 1}, {6000, 9, 1}, {6001, 9, 1}};
  std::vector<std::size_t> told;
  states.update(changed, [&](std::size_t index, const MessageState& before) {
    told.push_back(index);
    EXPECT_EQ(before, copy[index]);
  });
  EXPECT_EQ(told, (std::vector<std::size_t>{0, 511, 1999}));
  for (std::size_t i = 0; i < states.size(); ++i)
    EXPECT_EQ(states[i].flags, std::count(told.begin(), told.end(), i)) << i;
  EXPECT_EQ(uids(states), uids(copy));
}

TEST(MessageStates, TakesWholeBlocks) {
  MessageStates states;
  states.push_back_block({});
  states.push_back_block({{5, 1, 0}, {511, 2, 0}});
  states.push_back_block({{512, 3, 0}});
  states.push_back({513, 4, 0});
  EXPECT_EQ(uids(states), (std::vector<Uid>{5, 511, 512, 513}));
  EXPECT_EQ(states.lower_bound(513), 3u);
}

TEST(MessageStates, SharesWhatIsTheSame) {
  auto one = some(2000), other = some(2000);
  other.erase({1});
  one.share(other);
  EXPECT_EQ(one.size(), 2000u);
  EXPECT_EQ(one.front().uid, 1u);
  EXPECT_NE(&one[1], &other[0]) << "this block differs";
  EXPECT_EQ(&one[1800], &other[1799]);
  one.update(std::vector<MessageState>{{1801, 9000, 4}});
  EXPECT_EQ(other[1799].flags, 0u);
}

}  // namespace
}  // namespace mailstore
