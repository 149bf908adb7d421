#include "smtpd/wait_until.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

/// How often it was looked at until the wait was over.
int looks(int needed, std::chrono::milliseconds longest) {
  asio::io_context io;
  int seen = 0;
  asio::co_spawn(io,
                 wait_until(
                     io, [&] { return ++seen >= needed; }, longest),
                 asio::detached);
  io.run();
  return seen;
}

TEST(WaitUntilTest, LooksAtOnce) { EXPECT_EQ(looks(1, std::chrono::milliseconds(0)), 1); }

TEST(WaitUntilTest, LooksAgainUntilItIsSo) {
  EXPECT_EQ(looks(4, std::chrono::milliseconds::max()), 4);
}

TEST(WaitUntilTest, WaitsNoLonger) {
  EXPECT_EQ(looks(1000, std::chrono::milliseconds(30)), 4) << "at 0, 10, 20 and 30 ms";
}

}  // namespace
}  // namespace smtpd
