#include "mail/smtp_reply.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

Reply parse_all(const std::vector<std::string>& lines) {
  ReplyParser parser;
  for (const std::string& line : lines) {
    auto result = parser.add_line(line);
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error());
    if (result && *result) return **result;
  }
  ADD_FAILURE() << "reply isn't whole";
  return {};
}

TEST(SmtpReply, RendersOneLine) {
  EXPECT_EQ(render(Reply(250, "2.1.0", "Sender accepted")), "250 2.1.0 Sender accepted\r\n");
  EXPECT_EQ(render(Reply(354, "", "Go on")), "354 Go on\r\n");
}

TEST(SmtpReply, RendersEveryLineWithItsCodes) {
  Reply reply(250, "2.0.0", "one");
  reply.lines.push_back("two");
  EXPECT_EQ(render(reply), "250-2.0.0 one\r\n250 2.0.0 two\r\n");
}

TEST(SmtpReply, NothingAPeerSaidEndsALine) {
  EXPECT_EQ(render(Reply(550, "5.1.1", "no\r\n250 ok")), "550 5.1.1 no  250 ok\r\n");
}

TEST(SmtpReply, JoinsLinesForLogs) {
  Reply reply(550, "5.7.1", "go");
  reply.lines.push_back("away");
  EXPECT_EQ(to_line(reply), "550 5.7.1 go away");
}

TEST(SmtpReply, ParsesWhatItRendered) {
  Reply reply(550, "5.1.1", "No such user");
  reply.lines.push_back("Sorry");
  EXPECT_EQ(parse_all({"550-5.1.1 No such user", "550 5.1.1 Sorry"}), reply);
}

TEST(SmtpReply, ParsesBareCodes) {
  EXPECT_EQ(parse_all({"250"}).code, 250);
  EXPECT_EQ(parse_all({"250-", "250"}).lines.size(), 2u);
}

TEST(SmtpReply, ParserIsReadyForTheNextReply) {
  ReplyParser parser;
  EXPECT_TRUE(parser.add_line("250 a").value().has_value());
  EXPECT_FALSE(parser.add_line("354-b").value().has_value());
  EXPECT_EQ(parser.add_line("354 c").value()->lines, (std::vector<std::string>{"b", "c"}));
}

TEST(SmtpReply, RefusesWhatIsNoReply) {
  for (const char* line :
       {"", "25", "hello", "2x0 ok", "150 no", "600 no", "250x", "\xff\xff\xff"}) {
    EXPECT_FALSE(ReplyParser().add_line(line).has_value()) << line;
  }
  ReplyParser parser;
  ASSERT_TRUE(parser.add_line("250-a").has_value());
  EXPECT_FALSE(parser.add_line("550 b").has_value());
}

TEST(SmtpReply, RefusesEndlessReplies) {
  ReplyParser parser;
  bool refused = false;
  for (int i = 0; i < 10000 && !refused; ++i) refused = !parser.add_line("250-x").has_value();
  EXPECT_TRUE(refused);
}

TEST(SmtpReply, SplitsEnhancedCodes) {
  EXPECT_EQ(split_enhanced("5.1.1 x").enhanced, "5.1.1");
  EXPECT_EQ(split_enhanced("5.1.1 x").text, "x");
  EXPECT_EQ(split_enhanced("2.0.0").enhanced, "2.0.0");
  EXPECT_EQ(split_enhanced("5.7.509 x").enhanced, "5.7.509");
  for (const char* text : {"", "5", "5.1", "5.1.", "3.1.1 x", "5.1.1x", "5..1 x", "5.1234.1 x"}) {
    EXPECT_EQ(split_enhanced(text).enhanced, "") << text;
    EXPECT_EQ(split_enhanced(text).text, text);
  }
}

}  // namespace
}  // namespace mail::smtp
