#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kFetch =
    "C: A3 UID FETCH 4 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)\n"
    "S: * 1 FETCH (UID 4 FLAGS () ENVELOPE (\"Sat\" \"Hi\" ((\"Bob\" NIL \"bob\" \"x.test\")) NIL "
    "NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL "
    "\"BASE64\" 8 1)(\"APPLICATION\" \"PDF\" (\"name\" \"a.pdf\") NIL NIL \"BASE64\" 900) "
    "\"MIXED\"))\n"
    "S: A3 OK done\n";

std::string select(const std::string& verb) {
  return "C: A2 " + verb + " INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n";
}

constexpr const char* kText =
    "C: A4 UID FETCH 4 (UID BODY.PEEK[1])\nS: * 1 FETCH (UID 4 BODY[1] {8}\nS: aMOpbGxv)\n"
    "S: A4 OK done\n";

TEST(CmdRead, ShowsTheTextAndMarksItSeenWithoutFetchingTheAttachment) {
  Trial trial;
  const Ended ended = trial.mua(
      {"read", "4"}, {imap_session(select("SELECT") + kFetch + kText +
                                       "C: A5 UID STORE 4 +FLAGS (\\Seen)\nS: A5 OK done\n",
                                   "A6")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("From: Bob <bob@x.test>\nDate: Sat\nSubject: Hi\n\nhéllo\n"));
  EXPECT_THAT(ended.out, HasSubstr("1  a.pdf  (application/pdf"));
}

TEST(CmdRead, PeeksWithoutAMark) {
  Trial trial;
  const Ended ended = trial.mua({"read", "INBOX:7:4", "--peek", "--json"},
                                {imap_session(select("EXAMINE") + kFetch + kText, "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\"text\":\"héllo\\n\""));
}

TEST(CmdRead, RawIsOctetForOctet) {
  Trial trial;
  const Ended ended = trial.mua(
      {"read", "4", "--raw"},
      {imap_session(select("EXAMINE") + "C: A3 UID FETCH 4 (UID BODY.PEEK[]<0.1048576>)\n"
                                        "S: * 1 FETCH (UID 4 BODY[]<0> {7}\nS: a\x1b\nS: \xff\n"
                                        "S: )\nS: A3 OK done\n",
                    "A4")});
  EXPECT_EQ(ended.out, "a\x1b\r\n\xff\r\n");
}

TEST(CmdRead, TellsThatAMessageIsNotThere) {
  Trial trial;
  const std::string opening = imap_session("", "A9");
  const Ended ended = trial.mua({"read", "4"}, {opening.substr(0, opening.find("C: A9")) +
                                                select("SELECT") + "C: ...\nS: A3 OK nothing\n"});
  EXPECT_EQ(ended.code, 3);
  const Ended stale = trial.mua({"read", "INBOX:6:4"},
                                {opening.substr(0, opening.find("C: A9")) + select("SELECT")});
  EXPECT_EQ(stale.code, 3);
  EXPECT_THAT(stale.err, HasSubstr("made anew"));
}

}  // namespace
}  // namespace mua
