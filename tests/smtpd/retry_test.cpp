#include "smtpd/retry.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

TEST(Retry, DoublesUpToTheLongest) {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(300);
  settings.retry_longest = conf::seconds(1000);
  settings.give_up_after = conf::seconds(100000);
  EXPECT_EQ(next_attempt(settings, 1, 0, 50), 350);
  EXPECT_EQ(next_attempt(settings, 2, 0, 50), 650);
  EXPECT_EQ(next_attempt(settings, 3, 0, 50), 1050);
  EXPECT_EQ(next_attempt(settings, 1000000, 0, 50), 1050);
}

TEST(Retry, TheLastAttemptIsAtTheEnd) {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(300);
  settings.retry_longest = conf::seconds(1000);
  settings.give_up_after = conf::seconds(400);
  EXPECT_EQ(next_attempt(settings, 1, 1000, 1000), 1300);
  EXPECT_EQ(next_attempt(settings, 2, 1000, 1300), 1400);
  EXPECT_EQ(next_attempt(settings, 3, 1000, 1400), std::nullopt);
  EXPECT_EQ(next_attempt(settings, 1, 1000, 999999), std::nullopt);
}

TEST(Retry, OurOwnTroubleIsLookedAtSoon) {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(18);
  settings.give_up_after = conf::seconds(100);
  EXPECT_EQ(next_local_attempt(settings, 1, 0, 50), 55);
  EXPECT_EQ(next_local_attempt(settings, 2, 0, 50), 60);
  EXPECT_EQ(next_local_attempt(settings, 3, 0, 50), 68);
  EXPECT_EQ(next_local_attempt(settings, 1, 0, 98), 100);
  EXPECT_EQ(next_local_attempt(settings, 1, 0, 100), std::nullopt);
}

TEST(Retry, NeverStandsStill) {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(0);
  EXPECT_EQ(next_attempt(settings, 1, 0, 50), 51);
}

}  // namespace
}  // namespace smtpd
