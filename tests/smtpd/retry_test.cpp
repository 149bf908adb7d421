#include "smtpd/retry.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

conf::RelaySettings settings(int first, int longest, int give_up_after) {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(first);
  settings.retry_longest = conf::seconds(longest);
  settings.give_up_after = conf::seconds(give_up_after);
  settings.delay_notice = conf::seconds(0);
  return settings;
}

Tried tried(int attempts, std::int64_t received_at, std::int64_t now, double chance = 0.5) {
  return {attempts, received_at, now, chance};
}

TEST(Retry, DoublesUpToTheLongest) {
  const auto relay = settings(300, 1000, 100000);
  EXPECT_EQ(next_attempt(relay, tried(1, 0, 50)), 350);
  EXPECT_EQ(next_attempt(relay, tried(2, 0, 50)), 650);
  EXPECT_EQ(next_attempt(relay, tried(3, 0, 50)), 1050);
  EXPECT_EQ(next_attempt(relay, tried(1000000, 0, 50)), 1050);
}

TEST(Retry, ChanceSpreadsThePauses) {
  auto relay = settings(300, 1000, 100000);
  EXPECT_EQ(next_attempt(relay, tried(1, 0, 0, 0.0)), 240);
  EXPECT_EQ(next_attempt(relay, tried(1, 0, 0, 1.0)), 360);
  relay.retry_jitter = 0;
  EXPECT_EQ(next_attempt(relay, tried(1, 0, 0, 1.0)), 300);
}

TEST(Retry, NotBeforeADeadHostIsTriedAgain) {
  const auto relay = settings(300, 1000, 100000);
  Tried dead = tried(1, 0, 0, 0.0);
  dead.earliest = 900;
  EXPECT_EQ(next_attempt(relay, dead), 900);
  dead.chance = 1.0;
  EXPECT_EQ(next_attempt(relay, dead), 960);
  dead.attempts = 9;
  EXPECT_EQ(next_attempt(relay, dead), 1200);
}

TEST(Retry, OneIsWhenTheSenderIsToBeTold) {
  auto relay = settings(300, 1000, 100000);
  relay.delay_notice = conf::seconds(500);
  EXPECT_EQ(next_attempt(relay, tried(1, 0, 0)), 300);
  EXPECT_EQ(next_attempt(relay, tried(2, 0, 300)), 500);
  EXPECT_EQ(next_attempt(relay, tried(3, 0, 500)), 1500);
  Tried told = tried(2, 0, 300);
  told.delay_told = true;
  EXPECT_EQ(next_attempt(relay, told), 900);
}

TEST(Retry, TheLastAttemptIsAtTheEnd) {
  const auto relay = settings(300, 1000, 400);
  EXPECT_EQ(next_attempt(relay, tried(1, 1000, 1000)), 1300);
  EXPECT_EQ(next_attempt(relay, tried(2, 1000, 1300)), 1400);
  EXPECT_EQ(next_attempt(relay, tried(3, 1000, 1400)), std::nullopt);
  EXPECT_EQ(next_attempt(relay, tried(1, 1000, 999999)), std::nullopt);
}

TEST(Retry, OurOwnTroubleIsLookedAtSoon) {
  const auto relay = settings(18, 1000, 100);
  EXPECT_EQ(next_local_attempt(relay, tried(1, 0, 50)), 55);
  EXPECT_EQ(next_local_attempt(relay, tried(2, 0, 50)), 60);
  EXPECT_EQ(next_local_attempt(relay, tried(3, 0, 50)), 68);
  EXPECT_EQ(next_local_attempt(relay, tried(1, 0, 98)), 100);
  EXPECT_EQ(next_local_attempt(relay, tried(1, 0, 100)), std::nullopt);
}

TEST(Retry, NeverStandsStill) { EXPECT_EQ(next_attempt(settings(0, 0, 100), tried(1, 0, 50)), 51); }

}  // namespace
}  // namespace smtpd
