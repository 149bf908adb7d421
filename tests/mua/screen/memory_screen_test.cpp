#include "mua/screen/memory_screen.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(MemoryScreen, KeysInPictureOut) {
  MemoryScreen screen({2, 5});
  screen.press("j C-p");
  screen.type("a b");
  std::string names;
  while (auto event = screen.next_event()) names += std::get<Key>(*event).name + ",";
  EXPECT_EQ(names, "j,C-p,a,Space,b,");
  Canvas picture(screen.size());
  picture.put({1, 0}, "파발", {}, 5);
  screen.show(picture);
  EXPECT_EQ(screen.text(), "\n파발\n");
  screen.resize({3, 9});
  EXPECT_TRUE(std::holds_alternative<Resized>(*screen.next_event()));
  EXPECT_EQ(screen.size(), (Size{3, 9}));
}

}  // namespace
}  // namespace mua::screen
