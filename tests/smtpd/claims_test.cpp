#include "smtpd/claims.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using Answer = Claims::Answer;

TEST(Claims, ARecipientIsClaimedOnce) {
  Claims claims;
  EXPECT_EQ(claims.claim_elsewhere(1, 0, "b.test"), Answer::kTaken);
  EXPECT_EQ(claims.claim_elsewhere(1, 0, "b.test"), Answer::kTakenBefore);
  EXPECT_EQ(claims.claim_elsewhere(1, 1, "b.test"), Answer::kTaken);
  EXPECT_EQ(claims.claim_local(1, 1, 10), Answer::kTakenBefore);
  claims.release(1, 0);
  EXPECT_EQ(claims.claim_elsewhere(1, 0, "b.test"), Answer::kTaken);
}

TEST(Claims, ReleasingWhatNobodyHasDoesNothing) {
  Claims claims;
  claims.release(1, 0);
  EXPECT_EQ(claims.claim_local(1, 0, 1), Answer::kTaken);
  claims.release(1, 0);
  claims.release(1, 0);
  EXPECT_EQ(claims.claim_local(2, 0, 1), Answer::kTaken);
}

TEST(Claims, LocalOnesHaveALimitOfTheirOwn) {
  Claims claims;
  EXPECT_EQ(claims.claim_local(1, 0, 1), Answer::kTaken);
  EXPECT_EQ(claims.claim_local(2, 0, 1), Answer::kNoRoom);
  EXPECT_EQ(claims.claim_elsewhere(2, 1, "b.test"), Answer::kTaken);
  EXPECT_FALSE(claims.has_room_again());
  claims.release(1, 0);
  EXPECT_TRUE(claims.has_room_again());
  EXPECT_FALSE(claims.has_room_again()) << "said once";
}

TEST(Claims, OneDomainLeavesRoomForOthers) {
  Claims claims;
  for (std::size_t i = 0; i < Claims::kMostOfADomain; ++i)
    ASSERT_EQ(claims.claim_elsewhere(static_cast<std::int64_t>(i), 0, "slow.test"), Answer::kTaken);
  EXPECT_EQ(claims.claim_elsewhere(1 << 20, 0, "slow.test"), Answer::kNoRoom);
  EXPECT_EQ(claims.claim_elsewhere(1 << 20, 1, "quick.test"), Answer::kTaken);
  for (std::size_t i = 0; i < Claims::kMostOfADomain / 2; ++i) {
    EXPECT_FALSE(claims.has_room_again());
    claims.release(static_cast<std::int64_t>(i), 0);
  }
  EXPECT_TRUE(claims.has_room_again()) << "at half";
}

TEST(Claims, AllDomainsTogetherHaveALimit) {
  Claims claims;
  for (std::size_t i = 0; i < Claims::kMostElsewhere; ++i)
    ASSERT_EQ(
        claims.claim_elsewhere(static_cast<std::int64_t>(i), 0, std::to_string(i / 1000) + ".test"),
        Answer::kTaken);
  EXPECT_EQ(claims.claim_elsewhere(-1, 0, "b.test"), Answer::kNoRoom);
  for (std::size_t i = 0; i < Claims::kMostElsewhere / 2; ++i)
    claims.release(static_cast<std::int64_t>(i), 0);
  EXPECT_TRUE(claims.has_room_again());
  EXPECT_EQ(claims.claim_elsewhere(-1, 0, "b.test"), Answer::kTaken);
}

}  // namespace
}  // namespace smtpd
