#include "mua/files/mbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "mua/exit_code.hpp"

namespace mua::files {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kFrom = "From ann@example.test Sat Nov 21 12:21:59 2026\n";

struct Read {
  std::vector<StoredMessage> messages;
  std::vector<std::string> warnings;
};

Read read(const std::string& text, MboxKind kind = MboxKind::kAuto) {
  std::istringstream in(text);
  MboxReader reader(in, "old.mbox", kind);
  Read out;
  while (auto message = reader.next()) out.messages.push_back(std::move(*message));
  out.warnings = reader.take_warnings();
  EXPECT_EQ(reader.position(), text.size());
  return out;
}

std::vector<std::string> bodies(const std::string& text, MboxKind kind = MboxKind::kAuto) {
  std::vector<std::string> out;
  for (const StoredMessage& one : read(text, kind).messages) {
    out.push_back(one.octets.substr(one.octets.find("\r\n\r\n") + 4));
  }
  return out;
}

TEST(Mbox, EveryKindGivesBackWhatItWasGiven) {
  const std::vector<std::string> texts{
      "Subject: a\r\n\r\nFrom here\r\n>From there\r\n>>From afar\r\n",
      "Subject: b\r\nStatus: O\r\nContent-Length: 3\r\n\r\n\r\n\r\nx\r\n\r\n", "Subject: c\r\n\r\n",
      "Subject: d\r\n\r\n\r\nFrom ann@example.test Sat Nov 21 12:21:59 2026\r\n\r\n",
      "Subject: e\r\n\r\na\rb\x01\xff\r\n"};
  for (const MboxKind kind : {MboxKind::kRd, MboxKind::kCl2}) {
    std::string file;
    for (const std::string& text : texts) {
      file +=
          render_mbox({text, {mail::kFlagged, {"$work"}}, mail::DateTime{1795263719, 0}, ""}, kind);
    }
    for (const MboxKind reading : {kind, MboxKind::kAuto}) {
      const Read all = read(file, reading);
      ASSERT_EQ(all.messages.size(), texts.size());
      EXPECT_THAT(all.warnings, IsEmpty());
      for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(all.messages[i].octets, texts[i]);
        EXPECT_EQ(all.messages[i].flags, (mail::FlagSet{mail::kFlagged, {"$work"}}));
        EXPECT_EQ(all.messages[i].received->seconds, 1795263719);
      }
    }
  }
}

TEST(Mbox, AMessageWithoutItsLastLineEndKeepsItsSizeInMboxcl) {
  const std::string file =
      render_mbox({"Subject: a\r\n\r\nno end", {}, std::nullopt, ""}, MboxKind::kCl2) +
      render_mbox({"Subject: b\r\n\r\n", {}, std::nullopt, ""}, MboxKind::kCl2);
  EXPECT_THAT(bodies(file), ElementsAre("no end", ""));
}

TEST(Mbox, UnquotesAsTheKindSays) {
  const std::string file = std::string(kFrom) + "A: b\n\n>From x\n>>From y\n> z\n\n";
  EXPECT_THAT(bodies(file), ElementsAre("From x\r\n>From y\r\n> z\r\n"));
  EXPECT_THAT(bodies(file, MboxKind::kO), ElementsAre("From x\r\n>>From y\r\n> z\r\n"));
  EXPECT_THAT(bodies(file, MboxKind::kCl2), ElementsAre(">From x\r\n>>From y\r\n> z\r\n"));
}

TEST(Mbox, ALengthIsBelievedWhenItLeadsToTheNextMessage) {
  const std::string next = std::string(kFrom) + "A: c\n\nd\n\n";
  const std::string text = "one\n\nFrom ann@example.test Sat Nov 21 12:21:59 2026\n>From two\n";
  const std::string right = std::string(kFrom) + "Content-Length: " + std::to_string(text.size()) +
                            "\nA: b\n\n" + text + "\n" + next;
  EXPECT_EQ(bodies(right).size(), 2u);
  EXPECT_THAT(bodies(right).front(), HasSubstr(">From two"));
  const std::string wrong = std::string(kFrom) + "Content-Length: 999999\nA: b\n\none\n\n" + next;
  EXPECT_THAT(bodies(wrong), ElementsAre("one\r\n", "d\r\n"));
  EXPECT_THAT(read(wrong).warnings, ElementsAre(HasSubstr("Content-Length leads nowhere")));
}

TEST(Mbox, SaysWhereSomethingIsOdd) {
  const std::string odd =
      std::string(kFrom) + "A: b\n\none\n\nFrom me to you\n\n" + kFrom + "\nx\n";
  const Read all = read(odd);
  EXPECT_EQ(all.messages.size(), 2u);
  EXPECT_THAT(all.warnings, ElementsAre(HasSubstr("old.mbox, octet 58: a line that begins")));
  EXPECT_EQ(all.messages[1].place, "old.mbox, octet 74");
}

TEST(Mbox, WhatIsNoMboxIsRefused) {
  EXPECT_THROW(read("Subject: x\n\ny\n"), Failure);
  EXPECT_THAT(read("").messages, IsEmpty());
  EXPECT_THAT(read("\n\n").messages, IsEmpty());
}

TEST(Mbox, LinesOfOtherSystemsAreUnderstood) {
  EXPECT_THAT(bodies("From a@b Sat Nov 21 12:21:59 2026\r\nA: b\r\n\r\nx\r\n\r\n"
                     "From a@b Sat Nov 21 12:21:59 2026\r\nA: b\r\n\r\ny\r\n\r\n"),
              ElementsAre("x\r\n", "y\r\n"));
}

}  // namespace
}  // namespace mua::files
