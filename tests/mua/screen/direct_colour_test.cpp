#include "mua/screen/direct_colour.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace mua::screen {
namespace {

std::string terminfo() {
  const char* value = std::getenv("TERMINFO");
  return value ? value : "";
}

class DirectColourTest : public testing::Test {
 protected:
  DirectColourTest() {
    unsetenv("TERMINFO");
    setenv("TERM", "xterm-256color", 1);
    setenv("COLORTERM", "truecolor", 1);
  }
  ~DirectColourTest() override { unsetenv("COLORTERM"); }
};

TEST_F(DirectColourTest, DescribesTheTerminalAnewWhileItLives) {
  {
    const DirectColour direct("");
    EXPECT_TRUE(terminfo().starts_with("hex:1E02"));
  }
  EXPECT_EQ(terminfo(), "");
}

TEST_F(DirectColourTest, NotWhereItIsNotWantedOrNotThere) {
  const DirectColour unwanted("1");
  EXPECT_EQ(terminfo(), "");
  unsetenv("COLORTERM");
  const DirectColour unsaid("");
  EXPECT_EQ(terminfo(), "");
  setenv("COLORTERM", "truecolor", 1);
  setenv("TERM", "vt100", 1);
  const DirectColour without("");
  EXPECT_EQ(terminfo(), "");
}

}  // namespace
}  // namespace mua::screen
