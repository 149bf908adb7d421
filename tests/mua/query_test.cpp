#include "mua/query.hpp"

#include <gtest/gtest.h>

#include "mail/imap_request.hpp"

namespace mua {
namespace {

/// The query as the server is asked.
std::string asked(std::string_view query) {
  const auto key = parse_query(query);
  if (!key) return "error: " + key.error();
  std::string out;
  mail::imap::WireForm form;
  form.nonsynchronizing = 4096;
  for (const auto& piece : render("A", mail::imap::uid_search(*key), form)) out += piece.view();
  return out.substr(std::string("A UID SEARCH ").size(),
                    out.size() - std::string("A UID SEARCH \r\n").size());
}

TEST(Query, WordsAndFields) {
  EXPECT_EQ(asked("hello"), "TEXT hello");
  EXPECT_EQ(asked("from:ann subject:\"a b\" x"), "FROM ann SUBJECT \"a b\" TEXT x");
  EXPECT_EQ(asked("To:b cc:c bcc:d body:e"), "TO b CC c BCC d BODY e");
  EXPECT_EQ(asked("\"from:ann\"x"), "FROM annx");
  EXPECT_EQ(asked("http://x.test/a"), "TEXT http://x.test/a");
  EXPECT_EQ(asked("subject:파발"), "CHARSET UTF-8 SUBJECT {6+}\r\n파발");
}

TEST(Query, DatesSizesAndStates) {
  EXPECT_EQ(asked("after:2026-01-01 before:2026-02-01 on:2024-02-29"),
            "SINCE 1-Jan-2026 BEFORE 1-Feb-2026 ON 29-Feb-2024");
  EXPECT_EQ(asked("larger:20k smaller:3M"), "LARGER 20480 SMALLER 3145728");
  EXPECT_EQ(asked("is:unread is:read is:flagged is:answered is:draft"),
            "NOT (SEEN) SEEN FLAGGED ANSWERED DRAFT");
  EXPECT_EQ(asked("keyword:$work"), "KEYWORD $work");
  EXPECT_EQ(asked("after:2026-03 before:2027"), "SINCE 1-Mar-2026 BEFORE 1-Jan-2027");
  EXPECT_EQ(asked("has:attachment"), "HEADER content-type multipart/mixed");
}

TEST(Query, Not) {
  EXPECT_EQ(asked("-from:ann -x"), "NOT (FROM ann) NOT (TEXT x)");
  EXPECT_EQ(asked("-"), "TEXT -");
}

TEST(Query, SaysWhatIsWrong) {
  EXPECT_EQ(asked(""), "error: the query is empty");
  EXPECT_EQ(asked("  \"\" "), "error: the query is empty");
  EXPECT_EQ(asked("after:yesterday"), "error: \"yesterday\" is no date such as 2026-01-31");
  EXPECT_EQ(asked("on:2026-02-30"), "error: \"2026-02-30\" is no date such as 2026-01-31");
  EXPECT_EQ(asked("on:2026-02"), "error: \"2026-02\" is no date such as 2026-01-31");
  EXPECT_EQ(asked("has:x"), "error: has:x is unknown; known is has:attachment");
  EXPECT_EQ(asked("is:new"),
            "error: is:new is unknown; known are unread, read, flagged, answered, draft");
  EXPECT_EQ(asked("from:"), "error: from: wants something after it");
  EXPECT_EQ(asked("larger:x"), "error: \"x\" is no size such as 500, 20k, 3M");
}

TEST(Query, NothingBecomesACommandOfItsOwn) {
  EXPECT_EQ(asked("\"a\r\nA2 LOGOUT\""), "TEXT {12+}\r\na\r\nA2 LOGOUT");
  EXPECT_EQ(asked("keyword:\"x SEEN\""), "KEYWORD \"x SEEN\"");
}

}  // namespace
}  // namespace mua
