#include "mua/screen/painter.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class PainterTest : public ClientTrial {};

TEST_F(PainterTest, ProgressBars) {
  EXPECT_EQ(progress_bar(0, 10), "[..........] 0%");
  EXPECT_EQ(progress_bar(45, 100), "[####......] 45%");
  EXPECT_EQ(progress_bar(20, 10), "[##########] 100%");
}

TEST_F(PainterTest, TheTimeOfTheLastLook) {
  hear(sync::LinkChanged{sync::Link::kLive, "", "", 0});
  EXPECT_TRUE(line(0).ends_with("alice@example.test  live")) << "none yet";
  folders.set_synced(inbox, clock / 1000 - 3600);
  hear(sync::FolderChanged{inbox});
  EXPECT_TRUE(line(0).ends_with("alice@example.test  live 22:13")) << line(0);
  hear(sync::LinkChanged{sync::Link::kOffline, "no route", "", 0});
  EXPECT_TRUE(line(0).ends_with("alice@example.test  offline 22:13")) << line(0);
  clock += 24 * 3'600'000;
  EXPECT_TRUE(line(0).ends_with("  offline 14 Nov 22:13")) << line(0);
}

TEST_F(PainterTest, WhetherTheServerIsThereHasRoomEverywhere) {
  screen.resize({24, 40});
  folders.set_synced(inbox, clock / 1000);
  hear(sync::LinkChanged{sync::Link::kLive, "", "", 0});
  EXPECT_EQ(line(0), " INBOX  0 unread of 0        live 23:13");
  screen.resize({24, 54});
  EXPECT_TRUE(line(0).ends_with("  alice@example.test  live 23:13")) << line(0);
}

TEST_F(PainterTest, EverySizeIsPainted) {
  three();
  give_text(third, "text\r\n");
  for (const Size size :
       {Size{1, 1}, Size{2, 5}, Size{5, 20}, Size{24, 80}, Size{40, 120}, Size{60, 200}}) {
    screen.resize(size);
    for (const char* keys : {"q", "Enter", "?", "Esc", "q", "m", "C-g", "Esc", "Esc"}) press(keys);
    EXPECT_EQ(screen.shown().size(), size);
  }
}

TEST_F(PainterTest, HostileTextStaysInItsPlace) {
  put(9,
      "\x1b]0;owned\x07 רע \xff\xfe 👨\xe2\x80\x8d👩\xe2\x80\x8d👧 z\xcc\x81\xcc\x81\xcc\x81 "
      "\xe2\x80\xae");
  const std::string text = picture();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  for (int row = 0; row < 24; ++row) {
    int width = 0;
    for (int column = 0; column < 80; ++column) width += screen.shown().at({row, column}).width;
    EXPECT_EQ(width, 80);
  }
}

TEST_F(PainterTest, WithoutFolders) {
  for (const sync::Folder& one : folders.all()) EXPECT_FALSE(one.name.empty());
  EXPECT_EQ(line(2), "  no messages");
}

}  // namespace
}  // namespace mua::screen
