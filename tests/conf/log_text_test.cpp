#include "conf/log_text.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

std::string human(std::string_view value) { return log_text(LogForm::kHuman, "e", {{"v", value}}); }

std::string json(std::string_view value) { return log_text(LogForm::kJson, "e", {{"v", value}}); }

TEST(LogText, QuotesWhatAPersonCouldMisread) {
  EXPECT_EQ(human("plain@example.test"), "e v=plain@example.test");
  EXPECT_EQ(human(""), "e v=\"\"");
  EXPECT_EQ(human("a b"), "e v=\"a b\"");
  EXPECT_EQ(human("say \"x\\\""), "e v=\"say \\\"x\\\\\\\"\"");
  EXPECT_EQ(human("민서"), "e v=\"민서\"");
}

TEST(LogText, AValueCannotWriteALineOfItsOwn) {
  EXPECT_EQ(human("a\r\nb\x1b[2J\x7f"), "e v=\"a\\x0d\\x0ab\\x1b[2J\\x7f\"");
  EXPECT_EQ(human("\xc2\x9b"), "e v=\"\\xc2\\x9b\"");
  EXPECT_EQ(json("a\r\nb"), "\"event\":\"e\",\"v\":\"a\\u000d\\u000ab\"");
}

TEST(LogText, JsonIsAlwaysUtf8) {
  EXPECT_EQ(json("\xff"), "\"event\":\"e\",\"v\":\"\\ufffd\"");
  EXPECT_EQ(json("\xed\xa0\x80").find('\xed'), std::string::npos);
  EXPECT_EQ(json("\xf0\x9f\x93\xa8"), "\"event\":\"e\",\"v\":\"\xf0\x9f\x93\xa8\"");
  EXPECT_EQ(json("\xf4\x90\x80\x80").find('\xf4'), std::string::npos);
  EXPECT_EQ(json("\xc0\xaf").find('\xc0'), std::string::npos);
}

}  // namespace
}  // namespace conf
