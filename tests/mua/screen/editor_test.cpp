#include "mua/screen/editor.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mua::screen {
namespace {

void press(Editor& editor, const std::string& keys) {
  std::istringstream names(keys);
  for (std::string name; names >> name;) editor.press({name});
}
void type(Editor& editor, std::string_view text) {
  for (const Glyph& glyph : glyphs(text)) editor.press({glyph.text == " " ? "Space" : glyph.text});
}

TEST(Editor, TypesLines) {
  Editor editor;
  type(editor, "Hello");
  press(editor, "Enter Enter");
  type(editor, "파발");
  EXPECT_EQ(editor.text(), "Hello\n\n파발");
  press(editor, "Backspace Up Up End Backspace Home Delete");
  EXPECT_EQ(editor.text(), "ell\n\n파");
}

TEST(Editor, BreaksWhatIsTypedButNotWhatIsQuoted) {
  Editor editor;
  for (int i = 0; i < 20; ++i) type(editor, "word ");
  EXPECT_EQ(editor.text(),
            "word word word word word word word word word word word word word word word\n"
            "word word word word word ");
  Editor quoted("> " + std::string(80, 'x'));
  press(quoted, "End");
  type(quoted, "y z");
  EXPECT_EQ(quoted.text().find('\n'), std::string::npos);
}

TEST(Editor, CutsAndPutsBackLines) {
  Editor editor("a\nb\nc");
  press(editor, "C-k C-k Down C-u");
  EXPECT_EQ(editor.text(), "a\nb\nc");
  press(editor, "M-< C-k End C-u");
  EXPECT_EQ(editor.text(), "a\nb\nc");
  press(editor, "C-k C-k C-k C-k");
  EXPECT_EQ(editor.text(), "");
}

TEST(Editor, Undoes) {
  Editor editor("text");
  press(editor, "C-e");
  type(editor, "abc");
  press(editor, "Enter M-u");
  EXPECT_EQ(editor.text(), "textabc");
  press(editor, "M-u");
  EXPECT_EQ(editor.text(), "text");
  press(editor, "M-u");
  EXPECT_EQ(editor.text(), "text");
}

TEST(Editor, FillsParagraphs) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += i % 7 == 0 ? "some\n" : "some ";
  Editor editor(text + "\n\nother");
  press(editor, "Down M-q");
  for (std::istringstream lines(editor.text()); std::getline(lines, text);)
    EXPECT_LE(text.size(), 76u);
  EXPECT_TRUE(editor.text().ends_with("\n\nother"));
}

TEST(Editor, LongLinesTakeSeveralRows) {
  Editor editor("one two three four\nx");
  Canvas canvas({4, 10});
  EXPECT_EQ(editor.paint(canvas, {0, 0, 4, 10}), (Position{0, 0}));
  EXPECT_EQ(text_of(canvas), "one two\nthree four\nx\n\n");
  press(editor, "Down");
  EXPECT_EQ(editor.place(), (Editor::Place{0, 8}));
  press(editor, "Down");
  EXPECT_EQ(editor.place(), (Editor::Place{1, 0}));
  press(editor, "Up Up");
  EXPECT_EQ(editor.place(), (Editor::Place{0, 0}));
  EXPECT_FALSE(editor.press({"Up"}));
}

TEST(Editor, ScrollsToTheCursor) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += std::to_string(i) + "\n";
  Editor editor(text);
  Canvas canvas({3, 10});
  editor.paint(canvas, {0, 0, 3, 10});
  press(editor, "PgDn PgDn");
  EXPECT_EQ(editor.paint(canvas, {0, 0, 3, 10}).row, 2);
  press(editor, "M->");
  canvas.fill(canvas.area(), {});
  editor.paint(canvas, {0, 0, 3, 10});
  EXPECT_EQ(text_of(canvas), "48\n49\n\n");
}

TEST(Editor, PastesSeveralLines) {
  Editor editor("ab");
  press(editor, "Right");
  editor.insert("1\r\n2");
  EXPECT_EQ(editor.text(), "a1\n2b");
  EXPECT_EQ(editor.place(), (Editor::Place{1, 1}));
}

}  // namespace
}  // namespace mua::screen
