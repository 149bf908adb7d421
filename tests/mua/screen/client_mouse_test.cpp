#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ClientMouse : public ClientTrial {
 protected:
  void click(int row, int column) {
    screen.put(Mouse{Mouse::Action::kClick, {row, column}});
    take();
  }
  void wheel(int row, int column) {
    screen.put(Mouse{Mouse::Action::kWheelDown, {row, column}});
    take();
  }
};

TEST_F(ClientMouse, ClicksAndWheel) {
  three();
  picture();
  screen.put(Mouse{Mouse::Action::kClick, {2, 30}});
  take();
  EXPECT_EQ(client().list.current()->id, second);
  screen.put(Mouse{Mouse::Action::kClick, {2, 30}});
  take();
  EXPECT_TRUE(client().reader.has_value());
  screen.put(Mouse{Mouse::Action::kWheelDown, {2, 30}});
  take();
}

TEST_F(ClientMouse, AttachmentsAndLinksOpen) {
  three();
  give_attachment(third, "plan.pdf");
  press("Enter");
  const std::string seen = screen.text();
  const auto before = seen.substr(0, seen.find("[1 plan.pdf"));
  const int row = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  click(row, 5);
  EXPECT_TRUE(status_line().starts_with(" plan.pdf: o opens, s saves")) << status_line();
  press("Esc q j");
  give_text(second, "see https://x.test/a, or not\r\n");
  press("Enter");
  click(5, 8);
  ASSERT_EQ(ran.size(), 1u);
  EXPECT_NE(ran[0].words.find("'https://x.test/a'"), std::string::npos);
  click(5, 2);
  EXPECT_EQ(ran.size(), 1u);
}

TEST_F(ClientMouse, TheWheelTurnsWhatIsUnderIt) {
  screen.resize({24, 200});
  three();
  std::string text;
  for (int i = 0; i < 60; ++i) text += "line " + std::to_string(i) + "\r\n";
  give_text(third, text);
  press("Enter");
  EXPECT_NE(screen.text().find("line 0"), std::string::npos);
  wheel(5, 150);
  wheel(5, 150);
  EXPECT_EQ(screen.text().find("line 0\n"), std::string::npos);
  EXPECT_EQ(client().list.cursor(), 0u);
  wheel(5, 40);
  EXPECT_EQ(client().list.cursor(), 2u);
  press("c");
  wheel(5, 40);
  EXPECT_EQ(client().picker()->chosen()->text, "Trash");
}

TEST_F(ClientMouse, AClickBelowTheListIsNone) {
  three();
  picture();
  click(12, 30);
  EXPECT_EQ(client().list.cursor(), 0u);
  EXPECT_FALSE(client().reader);
}

}  // namespace
}  // namespace mua::screen
