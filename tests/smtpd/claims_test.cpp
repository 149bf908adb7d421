#include "smtpd/claims.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using Claimed = Claims::Answer;

const mail::Address kSender{"alice", "example.test"};
const mail::Address kOtherSender{"bob", "example.test"};

mailstore::QueueId id(std::size_t number) { return static_cast<mailstore::QueueId>(number); }

TEST(Claims, ARecipientIsClaimedOnce) {
  Claims claims;
  EXPECT_EQ(claims.claim_elsewhere({1, 0}, "b.test", kSender), Claimed::kTaken);
  EXPECT_EQ(claims.claim_elsewhere({1, 0}, "b.test", kSender), Claimed::kTakenBefore);
  EXPECT_EQ(claims.claim_elsewhere({1, 1}, "b.test", kSender), Claimed::kTaken);
  EXPECT_EQ(claims.claim_local({1, 1}, 10), Claimed::kTakenBefore);
  claims.release({1, 0});
  EXPECT_EQ(claims.claim_elsewhere({1, 0}, "b.test", kSender), Claimed::kTaken);
}

TEST(Claims, ReleasingWhatNobodyHasDoesNothing) {
  Claims claims;
  claims.release({1, 0});
  EXPECT_EQ(claims.claim_local({1, 0}, 1), Claimed::kTaken);
  claims.release({1, 0});
  claims.release({1, 0});
  EXPECT_EQ(claims.claim_local({2, 0}, 1), Claimed::kTaken);
}

TEST(Claims, LocalOnesHaveALimitOfTheirOwn) {
  Claims claims;
  EXPECT_EQ(claims.claim_local({1, 0}, 1), Claimed::kTaken);
  EXPECT_EQ(claims.claim_local({2, 0}, 1), Claimed::kNoRoom);
  EXPECT_EQ(claims.claim_elsewhere({2, 1}, "b.test", kSender), Claimed::kTaken);
  EXPECT_FALSE(claims.has_room_again());
  claims.release({1, 0});
  EXPECT_TRUE(claims.has_room_again());
  EXPECT_FALSE(claims.has_room_again()) << "said once";
}

TEST(Claims, OneSenderLeavesRoomForOthers) {
  Claims claims;
  for (std::size_t i = 0; i < Claims::kMostOfASender; ++i)
    ASSERT_EQ(claims.claim_elsewhere({id(i), 0}, "slow.test", kSender), Claimed::kTaken);
  EXPECT_EQ(claims.claim_elsewhere({1 << 20, 0}, "slow.test", kSender), Claimed::kNoRoom);
  EXPECT_EQ(claims.claim_elsewhere({1 << 20, 0}, "slow.test", kOtherSender), Claimed::kTaken);
  EXPECT_EQ(claims.claim_elsewhere({1 << 20, 1}, "quick.test", kSender), Claimed::kTaken);
  for (std::size_t i = 0; i < Claims::kMostOfASender / 2; ++i) {
    EXPECT_FALSE(claims.has_room_again());
    claims.release({id(i), 0});
  }
  EXPECT_TRUE(claims.has_room_again()) << "at half";
}

TEST(Claims, OneDomainLeavesRoomForOthers) {
  Claims claims;
  for (std::size_t i = 0; i < Claims::kMostOfADomain; ++i)
    ASSERT_EQ(claims.claim_elsewhere({id(i), 0}, "slow.test", {std::to_string(i / 1000), ""}),
              Claimed::kTaken);
  EXPECT_EQ(claims.claim_elsewhere({1 << 20, 0}, "slow.test", kOtherSender), Claimed::kNoRoom);
  EXPECT_EQ(claims.claim_elsewhere({1 << 20, 0}, "quick.test", kOtherSender), Claimed::kTaken);
  for (std::size_t i = 0; i < Claims::kMostOfADomain / 2; ++i) claims.release({id(i), 0});
  EXPECT_TRUE(claims.has_room_again());
  EXPECT_EQ(claims.claim_elsewhere({1 << 21, 0}, "slow.test", kOtherSender), Claimed::kTaken);
}

TEST(Claims, AllDomainsTogetherHaveALimit) {
  Claims claims;
  for (std::size_t i = 0; i < Claims::kMostElsewhere; ++i)
    ASSERT_EQ(claims.claim_elsewhere({id(i), 0}, std::to_string(i / 1000) + ".test", kSender),
              Claimed::kTaken);
  EXPECT_EQ(claims.claim_elsewhere({-1, 0}, "b.test", kSender), Claimed::kNoRoom);
  for (std::size_t i = 0; i < Claims::kMostElsewhere / 2; ++i) claims.release({id(i), 0});
  EXPECT_TRUE(claims.has_room_again());
  EXPECT_EQ(claims.claim_elsewhere({-1, 0}, "b.test", kSender), Claimed::kTaken);
}

}  // namespace
}  // namespace smtpd
