#include "mua/screen/picker.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

Picker folders() {
  return Picker("Open", {{"INBOX", "3 unread", "1"}, {"Sent", "", "2"}, {"Archive/2024", "", "3"}});
}

TEST(Picker, FiltersAndChooses) {
  Picker picker = folders();
  EXPECT_EQ(picker.chosen()->value, "1");
  picker.press({"Down"});
  EXPECT_EQ(picker.chosen()->value, "2");
  picker.press({"a"});
  picker.press({"2"});
  EXPECT_EQ(picker.chosen()->value, "3");
  EXPECT_EQ(picker.press({"Enter"}), Picker::Outcome::kChosen);
  picker.press({"z"});
  EXPECT_EQ(picker.chosen(), nullptr);
  EXPECT_EQ(picker.press({"Esc"}), Picker::Outcome::kClosed);
}

TEST(Picker, IsAFrameInTheMiddle) {
  Canvas canvas({11, 40});
  folders().paint(canvas);
  EXPECT_EQ(text_of(canvas),
            "\n\n"
            "  ┌─ Open ───────────────────────────┐\n"
            "  │ >                                │\n"
            "  │──────────────────────────────────│\n"
            "  │ INBOX        3 unread            │\n"
            "  │ Sent                             │\n"
            "  │ Archive/2024                     │\n"
            "  └──────────────────────────────────┘\n\n\n");
  EXPECT_EQ(*canvas.cursor, (Position{3, 6}));
}

TEST(Picker, LongNamesHaveTheRoomThatNotesLeave) {
  Canvas canvas({10, 40});
  Picker("Open", {{"Archive/Harbour/2024", "12 unread", ""}, {"INBOX", "3 unread", ""}})
      .paint(canvas);
  EXPECT_NE(text_of(canvas).find("│ Archive/Harbour/2024 12 unread   │\n"
                                 "  │ INBOX                3 unread    │\n"),
            std::string::npos)
      << text_of(canvas);
}

TEST(Picker, IsChosenByTheMouse) {
  Picker picker = folders();
  EXPECT_EQ(picker.click({6, 10}, {11, 40}), Picker::Outcome::kChosen);
  EXPECT_EQ(picker.chosen()->value, "2");
  EXPECT_EQ(picker.click({0, 0}, {11, 40}), Picker::Outcome::kClosed);
}

}  // namespace
}  // namespace mua::screen
