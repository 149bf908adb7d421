#include "mua/screen/reader_commands.hpp"

#include <fstream>
#include <sstream>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ReaderCommands : public ClientTrial {
 protected:
  ReaderCommands() { three(); }
};

TEST_F(ReaderCommands, SpaceGoesOnToTheNext) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i) + "\r\n";
  give_text(third, text);
  press("Enter");
  EXPECT_NE(press("Space Space").find(" line 39\n"), std::string::npos);
  press("Space");
  EXPECT_EQ(client().reader->id(), second);
}

TEST_F(ReaderCommands, AllFields) {
  press("Enter h");
  ASSERT_EQ(wire.parts.size(), 1u);
  EXPECT_EQ(wire.parts[0].second, "HEADER");
  bodies.append(third, "HEADER", "X-Odd: yes\r\n\r\n", sync::Bodies::Piece::kLast);
  hear(sync::PartReady{third, "HEADER"});
  EXPECT_EQ(line(1), " X-Odd: yes");
  press("h");
  EXPECT_EQ(line(1), " From: Ann <ann@x.test>");
}

TEST_F(ReaderCommands, Links) {
  give_text(third, "see https://x.test/1 and mailto:bob@y.test?subject=hi\r\n");
  EXPECT_NE(press("Enter L").find("│ https://x.test/1"), std::string::npos);
  press("Enter");
  ASSERT_EQ(ran.size(), 1u);
  EXPECT_EQ(ran[0].words, "xdg-open 'https://x.test/1' >/dev/null 2>&1");
  press("L Down Enter");
  EXPECT_EQ(client().writing->composer.letter().subject, "hi");
}

TEST_F(ReaderCommands, SavesAnAttachment) {
  give_attachment(third, "report.pdf");
  press("Enter");
  EXPECT_NE(press("v").find("│ 1 report.pdf"), std::string::npos);
  press("Enter s");
  ASSERT_EQ(wire.parts.size(), 1u);
  EXPECT_EQ(wire.parts[0].second, "2");
  EXPECT_EQ(status_line().substr(0, 10), " save as: ");
  bodies.append(third, "2", "PDF", sync::Bodies::Piece::kLast);
  hear(sync::PartReady{third, "2"});
  press("C-u");
  type((folder / "x.pdf").string());
  press("Enter");
  EXPECT_EQ(status_line(), " saved as " + (folder / "x.pdf").string());
  std::ostringstream read;
  read << std::ifstream(folder / "x.pdf").rdbuf();
  EXPECT_EQ(read.str(), "PDF");
  press("v Enter |");
  type("wc");
  press("Enter");
  std::ostringstream piped;
  piped << std::ifstream(ran.at(0).input_file).rdbuf();
  EXPECT_EQ(piped.str(), "PDF");
  EXPECT_EQ(ran.at(0).words, "wc");
}

TEST_F(ReaderCommands, OpensAnAttachment) {
  give_attachment(third, "report.pdf");
  bodies.append(third, "2", "PDF", sync::Bodies::Piece::kLast);
  press("Enter v Enter o");
  ASSERT_EQ(ran.size(), 1u);
  EXPECT_TRUE(ran[0].words.starts_with("xdg-open '"));
  EXPECT_NE(ran[0].words.find("/report.pdf' >/dev/null"), std::string::npos);
}

TEST_F(ReaderCommands, AnAttachedMessageIsOpened) {
  mail::imap::BodyPart mixed, text, outer, inner;
  mixed.type = "multipart";
  mixed.subtype = "mixed";
  text.number = "1";
  text.type = inner.type = "text";
  text.subtype = inner.subtype = "plain";
  outer.number = "2";
  outer.type = "message";
  outer.subtype = "rfc822";
  inner.number = "2.1";
  outer.children = {inner};
  mixed.children = {text, outer};
  bodies.keep_structure(third, mixed);
  bodies.append(third, "1", "see below\r\n", sync::Bodies::Piece::kLast);
  press("Enter v Enter o");
  EXPECT_EQ(wire.parts, (std::vector<std::pair<sync::MessageId, std::string>>{{third, "2.HEADER"},
                                                                              {third, "2.1"}}));
  bodies.append(third, "2.HEADER", "From: zoe@z.test\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\n\r\n",
                sync::Bodies::Piece::kLast);
  hear(sync::PartReady{third, "2.HEADER"});
  bodies.append(third, "2.1", "the inner text\r\n", sync::Bodies::Piece::kLast);
  const std::string picture = hear(sync::PartReady{third, "2.1"});
  EXPECT_NE(picture.find(" From: zoe@z.test\n Subject: café\n\n the inner text\n"),
            std::string::npos);
  EXPECT_NE(press("q").find("see below"), std::string::npos);
  EXPECT_NE(press("q").find("third subject"), std::string::npos);
}

TEST_F(ReaderCommands, WhatCouldNotBeFetched) {
  give_attachment(third, "report.pdf");
  press("Enter v Enter s");
  hear(sync::BodyFailed{third, "2", "no connection"});
  press("Esc");
  EXPECT_EQ(status_line(), " the attachment could not be fetched: no connection");
}

TEST_F(ReaderCommands, PipesTheText) {
  press("|");
  EXPECT_EQ(status_line(), " the text is on its way…");
  give_text(third, "text\r\n");
  hear(sync::TextReady{third});
  EXPECT_EQ(status_line(), " pipe to:");
  type("wc -l");
  press("Enter");
  ASSERT_EQ(ran.size(), 1u);
  EXPECT_EQ(ran[0].words, "wc -l");
  EXPECT_EQ(ran[0].input, "text\n");
  press("v");
  EXPECT_EQ(status_line(), " no attachments");
}

}  // namespace
}  // namespace mua::screen
