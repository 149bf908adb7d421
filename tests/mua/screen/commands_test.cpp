#include "mua/screen/commands.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

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

TEST(Commands, OfAPlaceByTheirFirstLetters) {
  const auto names = [](Place place, std::string_view begun) {
    std::vector<std::string_view> out;
    for (const Command* command : commands_beginning(place, begun)) out.push_back(command->name);
    return out;
  };
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(names(kInList, "del"), Names{"delete"});
  EXPECT_EQ(names(kInList, "rep"), (Names{"reply", "reply-all"}));
  EXPECT_EQ(names(kInLetter, "se"), Names{"send"});
  EXPECT_EQ(names(kInList, "zz"), Names{});
}

}  // namespace
}  // namespace mua::screen
