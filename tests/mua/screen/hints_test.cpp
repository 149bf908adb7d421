#include "mua/screen/hints.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Hints, AreOfTheProfile) {
  EXPECT_EQ(list_hint(Profile::kMutt),
            "Enter read  m write  r reply  d delete  / find  c folder  ? keys");
  EXPECT_EQ(list_hint(Profile::kAlpine),
            "v read  c write  r reply  d delete  w find  g folder  ? keys");
  EXPECT_EQ(reader_hint(Profile::kMutt), "q back  r reply  g all  f forward  d delete  ? keys");
  EXPECT_EQ(letter_hint(Profile::kMutt),
            "^X send  ^T attach  ^O $EDITOR  ^S postpone  Esc close  ^G keys");
}

TEST(Hints, KnowOwnKeys) {
  const Keymap keymap(Profile::kMutt, {{kInList, "x", "delete"}, {kInList, "m", ""}});
  EXPECT_EQ(list_hint(keymap), "Enter read  r reply  x delete  / find  c folder  ? keys");
}

TEST(Hints, KeysAsTheyAreKnown) {
  EXPECT_EQ(shown_key("C-x"), "^X");
  EXPECT_EQ(shown_key("M-x"), "M-x");
  EXPECT_EQ(shown_key("C-Space"), "C-Space");
}

}  // namespace
}  // namespace mua::screen
