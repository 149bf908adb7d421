#include "mailstore/state_encoding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace mailstore {
namespace {

using States = std::vector<MessageState>;

constexpr Uid kPrefix = 3;
constexpr Uid kFirst = kPrefix << MessageStates::kBlockBits;

States decoded(std::string_view octets) { return decode_states(octets, kPrefix).value(); }

States full_block(ModSeq first, ModSeq step, FlagBits flags) {
  States states;
  for (Uid i = 0; i <= MessageStates::kInBlock; ++i)
    states.push_back({kFirst + i, first + i * step, flags});
  return states;
}

TEST(StateEncoding, WhatGrewOrWasMarkedAtOnceIsOneRun) {
  for (const States& states : {full_block(70'000, 1, 0), full_block(70'000, 0, 3)}) {
    const std::string octets = encode_states(states);
    EXPECT_LE(octets.size(), 8u);
    EXPECT_EQ(decoded(octets), states);
  }
}

TEST(StateEncoding, TellsFlatRunsFromRisingOnesAndGaps) {
  const States states{{kFirst + 2, 9, 1},  {kFirst + 3, 9, 1},
                      {kFirst + 4, 10, 1}, {kFirst + 5, 11, 1},
                      {kFirst + 9, 12, 1}, {kFirst + 10, 1, 1},
                      {kFirst + 11, 2, 5}, {kFirst + MessageStates::kInBlock, 3, 5}};
  EXPECT_EQ(decoded(encode_states(states)), states);
}

TEST(StateEncoding, KeepsTheLargestNumbers) {
  const States states{{kFirst, INT64_MAX, UINT64_MAX}, {kFirst + 1, 1, 0}};
  EXPECT_EQ(decoded(encode_states(states)), states);
}

TEST(StateEncoding, KeepsWhateverABlockHolds) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 500; ++round) {
    States states;
    for (Uid i = 0; i <= MessageStates::kInBlock; ++i) {
      if (random() % 3 == 0) continue;
      const bool follows = !states.empty() && random() % 4 != 0;
      states.push_back({kFirst + i, follows ? states.back().mod_seq + random() % 2 : random() >> 2,
                        follows ? states.back().flags : random()});
    }
    EXPECT_EQ(decoded(encode_states(states)), states) << "round " << round;
  }
}

TEST(StateEncoding, RefusesWhatItNeverWrote) {
  const std::string octets = encode_states(full_block(5, 1, 0));
  for (std::size_t size = 1; size < octets.size(); ++size)
    EXPECT_FALSE(decode_states(octets.substr(0, size), kPrefix)) << size;
  EXPECT_FALSE(decode_states(octets + octets, kPrefix));
  EXPECT_FALSE(decode_states(std::string(40, '\xff'), kPrefix));
}

TEST(StateEncoding, NeverGoesBeyondItsBlock) {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string octets(random() % 24, '\0');
    for (char& octet : octets) octet = static_cast<char>(random() % 4 ? random() % 8 : random());
    const auto states = decode_states(octets, kPrefix);
    if (!states) continue;
    for (std::size_t i = 0; i < states->size(); ++i) {
      ASSERT_EQ((*states)[i].uid >> MessageStates::kBlockBits, kPrefix);
      ASSERT_EQ((*states)[i].uid,
                std::max((*states)[i].uid, i == 0 ? 0 : (*states)[i - 1].uid + 1));
    }
  }
}

}  // namespace
}  // namespace mailstore
