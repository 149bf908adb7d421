#include "mua/screen/front.hpp"

#include "tests/mua/screen/client_trial.hpp"

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

class FrontTest : public ClientTrial {};

TEST_F(FrontTest, ListsBeginAsTheSettingsSay) {
  put(1, "plan");
  put(2, "Re: plan", {"1@x.test"});
  Settings settings;
  arrange(client(), settings);
  EXPECT_EQ(client().list.order(), sync::Order::kNewestFirst);
  settings.screen.threads = ScreenSettings::Threads::kCollapsed;
  arrange(client(), settings);
  EXPECT_EQ(client().list.order(), sync::Order::kThreads);
  EXPECT_EQ(client().list.count(), 1u);
}

}  // namespace
}  // namespace mua::screen
