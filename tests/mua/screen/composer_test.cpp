#include "mua/screen/composer.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mua::screen {
namespace {

std::vector<sync::Person> people(std::string_view typed) {
  if (!std::string_view("ann@x.test").starts_with(typed)) return {};
  return {{"Ann", "ann@x.test"}, {"Miller, Anna", "anna@y.test"}};
}

class ComposerTest : public testing::Test {
 protected:
  void press(const std::string& keys) {
    std::istringstream names(keys);
    for (std::string name; names >> name;) composer.press({name});
  }
  void type(std::string_view text) {
    for (const Glyph& glyph : glyphs(text))
      composer.press({glyph.text == " " ? "Space" : glyph.text});
  }
  std::string picture() {
    Canvas canvas({12, 60});
    composer.paint(canvas, canvas.area());
    cursor = canvas.cursor;
    return text_of(canvas);
  }
  Composer composer{Letter{}, {{"alice@example.test", ""}}, people};
  std::optional<Position> cursor;
};

TEST_F(ComposerTest, FieldsThenText) {
  type("bob@x.test");
  press("Enter Enter Enter");
  type("Hello");
  press("Enter");
  type("Hi bob,");
  EXPECT_EQ(picture(),
            " From:    alice@example.test\n"
            " To:      bob@x.test\n"
            " Cc:\n"
            " Bcc:\n"
            " Subject: Hello\n"
            "────────────────────────────────────────────────────────────\n"
            " Hi bob,\n\n\n\n\n\n");
  EXPECT_EQ(*cursor, (Position{6, 8}));
  EXPECT_EQ(composer.letter().to, "bob@x.test");
  EXPECT_EQ(composer.letter().text, "Hi bob,");
  press("Up");
  picture();
  EXPECT_EQ(cursor->row, 4);
}

TEST_F(ComposerTest, CompletesAddresses) {
  type("x@x.test, an");
  EXPECT_NE(
      picture().find(" Cc:      Ann <ann@x.test>\n Bcc:     \"Miller, Anna\" <anna@y.test>\n"),
      std::string::npos);
  press("Down Tab");
  EXPECT_EQ(composer.letter().to, "x@x.test, \"Miller, Anna\" <anna@y.test>, ");
  type("a");
  press("Esc Tab");
  EXPECT_EQ(composer.letter().to, "x@x.test, \"Miller, Anna\" <anna@y.test>, a");
}

TEST_F(ComposerTest, Encloses) {
  composer.enclose({"/tmp/a.pdf", 0, "", ""});
  composer.enclose({"", 3, "2", "b.png"});
  EXPECT_NE(picture().find("Attached:[1 a.pdf] [2 b.png]"), std::string::npos);
  composer.remove_enclosure(0);
  composer.remove_enclosure(5);
  ASSERT_EQ(composer.letter().enclosures.size(), 1u);
  EXPECT_EQ(composer.letter().enclosures[0].name, "b.png");
}

TEST_F(ComposerTest, FromIsChosenAndTheSignatureGoesWithIt) {
  Letter letter;
  letter.text = "Hi,\n\n-- \nAlice";
  composer = Composer(letter,
                      {{"Alice <alice@example.test>", "Alice"},
                       {"Treasurer <money@example.test>", "T.\nTreasurer"}},
                      people);
  press("Up");
  EXPECT_NE(picture().find("Treasurer <money@example.test>"), std::string::npos) << picture();
  press("Down Enter");
  EXPECT_EQ(composer.letter().from, "Treasurer <money@example.test>");
  EXPECT_EQ(composer.letter().text, "Hi,\n\n-- \nT.\nTreasurer");
  press("Up");
  for (int i = 0; i < 40; ++i) press("Backspace");
  type("ALI");
  press("Tab");
  EXPECT_EQ(composer.letter().from, "");
  EXPECT_EQ(composer.letter().text, "Hi,\n\n-- \nAlice");
}

TEST_F(ComposerTest, ASignatureThatWasChangedStays) {
  Letter letter;
  letter.text = "Hi,\n\n-- \nAlice, in haste";
  composer = Composer(letter, {{"a@x.test", "Alice"}, {"b@x.test", "B"}}, people);
  press("Up Down Enter");
  EXPECT_EQ(composer.letter().from, "b@x.test");
  EXPECT_EQ(composer.letter().text, letter.text);
}

TEST_F(ComposerTest, SaysWhatIsSealed) {
  composer.seal(true, false);
  EXPECT_NE(picture().find(" OpenPGP: signed\n"), std::string::npos);
  EXPECT_TRUE(composer.letter().sign);
}

TEST_F(ComposerTest, LeavesCommandsAlone) {
  EXPECT_FALSE(composer.press({"C-x"}));
  EXPECT_FALSE(composer.press({"Esc"}));
  composer.set_text("new\ntext");
  EXPECT_EQ(composer.letter().text, "new\ntext");
  EXPECT_FALSE(composer.press({"C-p"}));
  composer.paste("x\ny");
  EXPECT_EQ(composer.letter().text, "x\nynew\ntext");
}

}  // namespace
}  // namespace mua::screen
