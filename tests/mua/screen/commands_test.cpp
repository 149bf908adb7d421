#include "mua/screen/commands.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mua::screen {
namespace {

TEST(Commands, AreNamedOnceAndExplained) {
  std::set<std::string_view> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.help.empty()) << command.name;
    EXPECT_NE(command.places, 0u);
  }
  EXPECT_EQ(find_command("no-such"), nullptr);
}

TEST(Commands, AreCompleted) {
  EXPECT_EQ(complete_command(kInList, "del"), "delete");
  EXPECT_EQ(complete_command(kInList, "rep"), "reply");
  EXPECT_EQ(complete_command(kInLetter, "se"), "send");
  EXPECT_FALSE(complete_command(kInList, "zz"));
}

}  // namespace
}  // namespace mua::screen
