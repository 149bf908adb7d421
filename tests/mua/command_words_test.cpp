#include "mua/command_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace mua {
namespace {

using testing::Contains;
using testing::ElementsAre;

OptionWords option(const std::string& command, const std::string& name) {
  for (const CommandWords& one : command_words()) {
    if (one.name != command) continue;
    for (const OptionWords& found : one.options) {
      if (found.name == name) return found;
    }
  }
  ADD_FAILURE() << command << " has no " << name;
  return {};
}

TEST(CommandWords, TellWhatFollowsAnOption) {
  EXPECT_EQ(command_words().front().name, "");
  EXPECT_EQ(option("", "--account").value, "ACCOUNT");
  EXPECT_EQ(option("", "--json").value, "");
  EXPECT_EQ(option("ls", "--limit").value, "NUMBER");
  EXPECT_THAT(option("export", "--format").choices,
              ElementsAre("mboxrd", "mboxo", "mboxcl", "mboxcl2", "maildir"));
  EXPECT_THAT(option("completion", "shell").choices, ElementsAre("bash", "zsh", "fish"));
}

TEST(CommandWords, TellWhichWordsRepeat) {
  EXPECT_TRUE(option("delete", "id").repeats);
  EXPECT_TRUE(option("delete", "id").positional);
  EXPECT_FALSE(option("read", "id").repeats);
}

}  // namespace
}  // namespace mua
