#include "mua/sync/structure_json.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(StructureJson, ComesBackAsItWent) {
  mail::imap::BodyPart text, whole;
  text.number = "1";
  text.type = "text";
  text.subtype = "plain";
  text.parameters = {{"charset", "utf-8"}};
  text.encoding = "base64";
  text.size = 12345678901;
  text.disposition = "attachment";
  text.disposition_parameters = {{"filename", "보고서.pdf"}};
  whole.type = "multipart";
  whole.subtype = "mixed";
  whole.children = {text, text};
  const auto back = read_structure_json(structure_json(whole));
  ASSERT_TRUE(back);
  EXPECT_EQ(structure_json(*back), structure_json(whole));
  EXPECT_EQ(back->children.at(1).file_name(), "보고서.pdf");
  EXPECT_EQ(back->children.at(1).size, 12345678901u);
}

TEST(StructureJson, IsReadHoweverDeepAMessageIs) {
  mail::imap::BodyPart part;
  for (int depth = 0; depth < 499; ++depth) {
    mail::imap::BodyPart outer;
    outer.children.push_back(std::move(part));
    part = std::move(outer);
  }
  EXPECT_TRUE(read_structure_json(structure_json(part)));
}

TEST(StructureJson, BrokenTextIsNoStructure) {
  EXPECT_FALSE(read_structure_json(""));
  EXPECT_FALSE(read_structure_json("[]"));
  EXPECT_FALSE(read_structure_json("{\"n\":1}"));
  mail::imap::BodyPart part;
  part.description = "a\xff\"b";
  EXPECT_TRUE(read_structure_json(structure_json(part)));
}

}  // namespace
}  // namespace mua::sync
