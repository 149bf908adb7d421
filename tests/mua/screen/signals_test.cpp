#include "mua/screen/signals.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Signals, AreReadInsteadOfObeyed) {
  const Signals signals;
  EXPECT_EQ(signals.next(), 0);
  raise(SIGTERM);
  EXPECT_EQ(signals.next(), SIGTERM);
  raise(SIGTSTP);
  EXPECT_EQ(signals.next(), SIGTSTP);
  EXPECT_EQ(signals.next(), 0);
}

}  // namespace
}  // namespace mua::screen
