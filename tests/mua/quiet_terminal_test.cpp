#include "mua/quiet_terminal.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

namespace mua {
namespace {

bool echoes(int terminal) {
  termios now{};
  return tcgetattr(terminal, &now) == 0 && (now.c_lflag & ECHO) != 0;
}

TEST(QuietTerminalTest, IsAsItWasAfterwards) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_TRUE(grantpt(master) == 0 && unlockpt(master) == 0);
  const int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
  ASSERT_TRUE(echoes(terminal));
  {
    const QuietTerminal quiet(terminal);
    EXPECT_FALSE(echoes(terminal));
  }
  EXPECT_TRUE(echoes(terminal));
  close(terminal);
  close(master);
}

TEST(QuietTerminalTest, WhatIsNoneIsLeftAlone) {
  const int file = open("/dev/null", O_RDWR);
  { const QuietTerminal quiet(file); }
  EXPECT_FALSE(echoes(file));
  close(file);
}

}  // namespace
}  // namespace mua
