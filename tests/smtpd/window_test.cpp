#include "smtpd/window.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

conf::RelaySettings settings() {
  conf::RelaySettings settings;
  settings.retry_first = conf::seconds(300);
  settings.max_connections_per_destination = 8;
  return settings;
}

void succeed(Window& window, int times, std::int64_t now = 1000) {
  for (int i = 0; i < times; ++i) window.succeeded(settings(), now);
}

Window::Death death(std::int64_t now, double chance = 0) {
  return {"451 4.4.1 no answer", "mx.other.test", now, chance};
}

TEST(Window, BeginsWithOneConnection) {
  Window window;
  EXPECT_EQ(window.width(1000), 1u);
  EXPECT_FALSE(window.proven());
  succeed(window, 1);
  EXPECT_EQ(window.width(1000), 2u);
  EXPECT_TRUE(window.proven());
}

TEST(Window, GrowsByOneARoundUpToTheMost) {
  Window window;
  succeed(window, 4);
  EXPECT_EQ(window.width(1000), 3u);
  succeed(window, 100);
  EXPECT_EQ(window.width(1000), 8u);
}

TEST(Window, ALimitOfOneIsKept) {
  conf::RelaySettings one = settings();
  one.max_connections_per_destination = 1;
  Window window;
  for (int i = 0; i < 10; ++i) window.succeeded(one, 1000);
  EXPECT_EQ(window.width(1000), 1u);
}

TEST(Window, HalvesAfterTroubleAndWaitsBeforeItGrows) {
  Window window;
  succeed(window, 100);
  window.shrink(1000);
  EXPECT_EQ(window.width(1000), 4u);
  succeed(window, 100, 1059);
  EXPECT_EQ(window.width(1059), 4u);
  succeed(window, 5, 1060);
  EXPECT_EQ(window.width(1060), 5u);
  for (int i = 0; i < 10; ++i) window.shrink(1060);
  EXPECT_EQ(window.width(1060), 1u);
}

TEST(Window, DeadForLongerEachTime) {
  Window window;
  window.die(settings(), death(1000));
  EXPECT_EQ(window.width(1299), 0u);
  EXPECT_TRUE(window.dead(1299));
  EXPECT_EQ(window.reply(), "451 4.4.1 no answer");
  EXPECT_EQ(window.host(), "mx.other.test");
  EXPECT_EQ(window.width(1300), 1u) << "one to try";
  window.die(settings(), death(2000));
  EXPECT_EQ(window.dead_until(), 2600);
  for (int i = 1; i < 50; ++i) window.die(settings(), death(10000 * i));
  EXPECT_EQ(window.dead_until(), 490000 + 1800);
}

TEST(Window, ConnectionsThatBreakTogetherAreOneDeath) {
  Window window;
  for (int i = 0; i < 50; ++i) window.die(settings(), death(1000));
  EXPECT_EQ(window.dead_until(), 1300);
}

TEST(Window, IsDeadNoLongerThanTheLongestRetry) {
  conf::RelaySettings quick = settings();
  quick.retry_first = conf::seconds(2);
  quick.retry_longest = conf::seconds(4);
  Window window;
  for (int i = 1; i < 50; ++i) window.die(quick, death(10000 * i));
  EXPECT_EQ(window.dead_until(), 490004);
}

TEST(Window, ASuccessForgetsEarlierDeaths) {
  Window window;
  for (int i = 0; i < 5; ++i) window.die(settings(), death(1000 * i));
  succeed(window, 1, 5000);
  window.die(settings(), death(6000));
  EXPECT_EQ(window.dead_until(), 6300);
  EXPECT_FALSE(window.proven());
}

TEST(Window, DeathsAreSpread) {
  Window window;
  window.die(settings(), death(1000, 1.0));
  EXPECT_EQ(window.dead_until(), 1360);
}

TEST(Window, ALongFirstRetryIsKept) {
  conf::RelaySettings slow = settings();
  slow.retry_first = conf::seconds(7200);
  Window window;
  window.die(slow, death(0));
  EXPECT_EQ(window.dead_until(), 7200);
}

TEST(Window, FiveBreaksInARowAreTooMany) {
  Window window;
  succeed(window, 1);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(window.broke(1000));
  succeed(window, 1);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(window.broke(1000));
  EXPECT_TRUE(window.broke(1000));
}

TEST(Window, IsRevivedAtOnce) {
  Window window;
  window.die(settings(), death(1000));
  window.die(settings(), death(1300));
  window.revive();
  EXPECT_EQ(window.width(1301), 1u);
  window.die(settings(), death(1301));
  EXPECT_EQ(window.dead_until(), 1601);
}

TEST(Window, IsForgettableLongAfterItsDeath) {
  Window window;
  EXPECT_TRUE(window.forgettable(10000));
  window.die(settings(), death(10000));
  EXPECT_FALSE(window.forgettable(10400));
  EXPECT_TRUE(window.forgettable(20000));
}

}  // namespace
}  // namespace smtpd
