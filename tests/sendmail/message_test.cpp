#include "sendmail/message.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace sendmail {
namespace {

const mail::NamedAddress kAnn{"Ann Lee", {"ann", "example.test"}};

std::string lines_of(const std::string& text, Options::Dot dot = Options::Dot::kEnds) {
  std::istringstream in(text);
  return read_lines(in, dot);
}

std::string completed(const std::string& text) { return complete(text, kAnn, "example.test"); }

TEST(ReadLines, EveryEndOfALineBecomesCrlf) {
  EXPECT_EQ(lines_of("a\nb\r\nc\rd\n\n"), "a\r\nb\r\nc\r\nd\r\n\r\n");
  EXPECT_EQ(lines_of("no end"), "no end\r\n");
  EXPECT_EQ(lines_of(""), "");
}

TEST(ReadLines, ADotEndsUnlessItIsText) {
  EXPECT_EQ(lines_of("a\n.\nb\n"), "a\r\n");
  EXPECT_EQ(lines_of("a\r\n.\r\nb\r\n"), "a\r\n");
  EXPECT_EQ(lines_of("a\n.\n..\nb\n", Options::Dot::kIsText), "a\r\n.\r\n..\r\nb\r\n");
}

TEST(Complete, FromIsAddedWhereThereIsNone) {
  EXPECT_EQ(completed("Subject: x\r\n\r\nbody\r\n"),
            "Subject: x\r\nFrom: Ann Lee <ann@example.test>\r\n\r\nbody\r\n");
  EXPECT_EQ(completed("from: x@y.test\r\n\r\n"), "from: x@y.test\r\n\r\n");
}

TEST(Complete, TextWithoutAHeaderIsTheBody) {
  EXPECT_EQ(completed("Disk full on host: do something\r\n"),
            "From: Ann Lee <ann@example.test>\r\n\r\nDisk full on host: do something\r\n");
  EXPECT_EQ(completed("Subject: x\r\nno field\r\nTo: y\r\n"),
            "Subject: x\r\nFrom: Ann Lee <ann@example.test>\r\n\r\nno field\r\nTo: y\r\n");
  EXPECT_EQ(completed("\r\nbody\r\n"), "From: Ann Lee <ann@example.test>\r\n\r\nbody\r\n");
  EXPECT_EQ(completed(""), "From: Ann Lee <ann@example.test>\r\n\r\n");
}

TEST(Complete, AnMboxLineIsDropped) {
  EXPECT_EQ(completed("From ann Mon Jan  1 00:00:00 1970\r\nFrom: x@y.test\r\n\r\n"),
            "From: x@y.test\r\n\r\n");
}

TEST(Complete, NamesGetTheDomain) {
  EXPECT_EQ(completed("From: \"(Cron Daemon)\" <root>\r\nTo: ann, bob@far.test\r\n\r\n"),
            "From: \"(Cron Daemon)\" <root@example.test>\r\n"
            "To: ann@example.test, bob@far.test\r\n\r\n");
  const std::string whole = "From: a@b.test\r\nTo: Bob  <bob@far.test>,\r\n\tc@d.test\r\n\r\n";
  EXPECT_EQ(completed(whole), whole) << "what is whole stays as it was written";
  const std::string group = "From: a@b.test\r\nTo: undisclosed-recipients:;\r\n\r\n";
  EXPECT_EQ(completed(group), group);
}

TEST(Complete, LettersBeyondAsciiAreEncoded) {
  EXPECT_EQ(completed("From: Zo\xc3\xab <z>\r\nSubject: caf\xc3\xa9\r\nX-Raw: \xc3\xa9\r\n\r\n"),
            "From: =?UTF-8?B?Wm/Dqw==?= <z@example.test>\r\n"
            "Subject: =?UTF-8?B?Y2Fmw6k=?=\r\nX-Raw: \xc3\xa9\r\n\r\n");
}

TEST(Complete, EightBitTextSaysWhatItIs) {
  EXPECT_EQ(completed("From: a@b.test\r\n\r\ncaf\xc3\xa9\r\n"),
            "From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: 8bit\r\n\r\ncaf\xc3\xa9\r\n");
  EXPECT_NE(completed("From: a@b.test\r\n\r\ncaf\xe9\r\n").find("unknown-8bit"), std::string::npos);
  const std::string mime = "From: a@b.test\r\nMIME-Version: 1.0\r\n\r\ncaf\xc3\xa9\r\n";
  EXPECT_EQ(completed(mime), mime);
}

}  // namespace
}  // namespace sendmail
