#include "mua/screen/keymap.hpp"

#include <gtest/gtest.h>

#include "mua/screen/commands.hpp"

namespace mua::screen {
namespace {

TEST(Keymap, EveryBindingNamesACommandOfItsPlace) {
  for (const Profile profile : {Profile::kMutt, Profile::kAerc, Profile::kAlpine}) {
    for (const Binding& binding : bindings(profile)) {
      const Command* command = find_command(binding.command.substr(0, binding.command.find(' ')));
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

TEST(Keymap, OwnBindingsComeFirst) {
  const Keymap keymap(Profile::kAerc, {{kInMail, "x", "delete"},
                                       {kInList, "r r", "reply"},
                                       {kInList, "g i", "folder INBOX"},
                                       {kInReader, "d", ""}});
  EXPECT_EQ(meaning_of(keymap, kInReader, "x").command, "delete");
  EXPECT_EQ(meaning_of(keymap, kInList, "r r").command, "reply");
  EXPECT_EQ(meaning_of(keymap, kInReader, "r r").command, "reply-all");
  EXPECT_EQ(meaning_of(keymap, kInList, "g i").command, "folder INBOX");
  EXPECT_EQ(meaning_of(keymap, kInReader, "d").command, "");
  EXPECT_EQ(keys_of(keymap, kInList, "delete"), "x, D, d");
}

TEST(Keymap, FoldsInEachProfile) {
  EXPECT_EQ(meaning_of(Profile::kMutt, kInList, "M-v").command, "fold");
  EXPECT_EQ(meaning_of(Profile::kMutt, kInList, "z").command, "fold");
  EXPECT_EQ(meaning_of(Profile::kAerc, kInList, "z M").command, "fold-all close");
  EXPECT_EQ(meaning_of(Profile::kAlpine, kInList, "Z").command, "fold-all");
}

}  // namespace
}  // namespace mua::screen
