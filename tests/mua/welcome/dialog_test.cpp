#include "mua/welcome/dialog.hpp"

#include <gtest/gtest.h>

#include "tests/mua/terminal.hpp"

namespace mua::welcome {
namespace {

TEST(DialogTest, AsksOnTheTerminalAndHidesPasswords) {
  const Seen seen = at_terminal(
      [] {
        const Dialog dialog = terminal_dialog();
        return dialog.ask_hidden("Password: ") == "secret" ? 0 : 1;
      },
      "secret\n");
  EXPECT_EQ(seen.code, 0);
  EXPECT_EQ(seen.text, "Password: \r\n");
}

}  // namespace
}  // namespace mua::welcome
