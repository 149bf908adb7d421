#include "mua/screen/curses_screen.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "mua/exit_code.hpp"

namespace mua::screen {
namespace {

// What it shows and reads is tested in a real terminal: tests/interop/mua_screen_test.py.
TEST(CursesScreen, WantsATerminal) {
  const int kept = dup(STDIN_FILENO);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  EXPECT_THROW(CursesScreen{}, Failure);
  dup2(kept, STDIN_FILENO);
  close(kept);
  close(nothing);
}

}  // namespace
}  // namespace mua::screen
