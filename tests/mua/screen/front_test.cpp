#include "mua/screen/front.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Front, TheCommandLineComesBeforeTheSettings) {
  Settings settings;
  settings.screen.keys = "aerc";
  settings.screen.theme = "light";
  settings.keys = {{kInList, "x", "delete"}};
  EXPECT_EQ(keymap_of(settings, "").profile, Profile::kAerc);
  EXPECT_EQ(keymap_of(settings, "alpine").profile, Profile::kAlpine);
  EXPECT_EQ(keymap_of(settings, "alpine").own, settings.keys);
  EXPECT_EQ(theme_of(settings, "").name, "light");
  EXPECT_EQ(theme_of(settings, "dark").name, "dark");
  EXPECT_THROW(theme_of(settings, "sea"), Failure);
}

}  // namespace
}  // namespace mua::screen
