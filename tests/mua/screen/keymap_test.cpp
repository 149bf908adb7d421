#include "mua/screen/keymap.hpp"

#include <gtest/gtest.h>

#include "mua/screen/commands.hpp"

namespace mua::screen {
namespace {

TEST(Keymap, EveryBindingNamesACommandOfItsPlace) {
  for (const Profile profile : {Profile::kMutt, Profile::kAerc, Profile::kAlpine}) {
    for (const Binding& binding : bindings(profile)) {
      const Command* command = find_command(binding.command);
      ASSERT_NE(command, nullptr) << binding.command;
      EXPECT_EQ(binding.places & ~command->places, 0u) << binding.keys << " " << binding.command;
    }
  }
}

TEST(Keymap, TheKeysPeopleKnow) {
  const auto list = [](const char* key) {
    return meaning_of(Profile::kMutt, kInList, key).command;
  };
  EXPECT_EQ(list("j"), "next");
  EXPECT_EQ(list("Enter"), "open");
  EXPECT_EQ(list("g"), "reply-all");
  EXPECT_EQ(list("u"), "undo");
  EXPECT_EQ(list("|"), "pipe");
  EXPECT_EQ(list("x"), "");
  EXPECT_EQ(meaning_of(Profile::kMutt, kInReader, "Space").command, "page-down-or-next");
}

TEST(Keymap, ProfilesAndSequences) {
  EXPECT_TRUE(meaning_of(Profile::kAerc, kInList, "g").begins);
  EXPECT_EQ(meaning_of(Profile::kAerc, kInList, "g g").command, "first");
  EXPECT_EQ(meaning_of(Profile::kAerc, kInReader, "j").command, "scroll-down");
  EXPECT_EQ(meaning_of(Profile::kAlpine, kInList, "c").command, "compose");
  EXPECT_EQ(parse_profile("alpine"), Profile::kAlpine);
  EXPECT_FALSE(parse_profile("emacs"));
}

TEST(Keymap, TellsTheKeysOfACommand) {
  EXPECT_EQ(keys_of(Profile::kMutt, kInList, "next"), "C-n, j, Down");
  EXPECT_EQ(keys_of(Profile::kAerc, kInList, "reply-all"), "r r, r q");
  EXPECT_EQ(keys_of(Profile::kMutt, kInLetter, "send"), "C-x");
}

}  // namespace
}  // namespace mua::screen
