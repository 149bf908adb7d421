#include "mail/content_type.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

std::string shown(std::string_view value) {
  const ParameterizedValue parsed = parse_parameterized(value);
  std::string text = parsed.word;
  for (const auto& [name, content] : parsed.params) text += "|" + name + "=" + content;
  return text;
}

TEST(ContentType, Plain) {
  EXPECT_EQ(shown("text/plain"), "text/plain");
  EXPECT_EQ(shown(" TEXT/HTML; Charset=\"UTF-8\" ; x = y"), "text/html|charset=UTF-8|x=y");
  EXPECT_EQ(shown("text/plain (c); charset=us-ascii (Plain text)"), "text/plain|charset=us-ascii");
  EXPECT_EQ(shown("multipart/mixed;\r\n\tboundary=\"a;b \\\"c\\\"\""),
            "multipart/mixed|boundary=a;b \"c\"");
  EXPECT_EQ(shown("attachment; filename=C:\\dir\\a.txt"), "attachment|filename=C:\\dir\\a.txt");
  EXPECT_EQ(shown("attachment; filename=\"C:\\dir\\a.txt\""), "attachment|filename=C:\\dir\\a.txt");
  EXPECT_EQ(shown("attachment; filename=my file.txt"), "attachment|filename=my file.txt");
}

TEST(ContentType, Rfc2231) {
  EXPECT_EQ(shown("a/b; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu\""), "a/b|url=ftp://cs.utk.edu");
  EXPECT_EQ(shown("a/b; t*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A"),
            "a/b|t=This is ***fun***");
  EXPECT_EQ(
      shown("a/b; t*1*=%2A%2A%2Afun%2A%2A%2A%20; t*0*=us-ascii'en'This%20is%20; t*2=\"isn't it!\""),
      "a/b|t=This is ***fun*** isn't it!");
  EXPECT_EQ(shown("a; filename*=euc-kr''%C6%C4%B9%DF.txt"), "a|filename=파발.txt");
  EXPECT_EQ(shown("a; n*0*=utf-8''%ED%8C; n*1*=%8C"), "a|n=파");
  EXPECT_EQ(shown("a; filename=\"x.txt\"; filename*=utf-8''%EA%B0%80"), "a|filename=가");
  EXPECT_EQ(shown("a; filename*=utf-8''%EA%B0%80; filename=\"x.txt\""), "a|filename=가");
  EXPECT_EQ(shown("a; b=1; n*1=y; c=2; n*0=x"), "a|b=1|n=xy|c=2");
}

TEST(ContentType, Broken) {
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown(";;;"), "");
  EXPECT_EQ(shown("text/plain; =x; y; z="), "text/plain|z=");
  EXPECT_EQ(shown("text/plain; a=\"unclosed"), "text/plain|a=unclosed");
  EXPECT_EQ(shown("text/plain; a=1; A=2"), "text/plain|a=1");
  EXPECT_EQ(shown("text/plain charset=x; b=c"), "text/plain|b=c");
  EXPECT_EQ(shown("text / plain"), "text");
  EXPECT_EQ(shown("a; f=\xEA\xB0\x80; g=\xE9"), "a|f=가|g=é");
  EXPECT_EQ(shown("a; x*9999999999=1"), "a|x*9999999999=1");
  EXPECT_EQ(shown("a; (((("), "a");
}

TEST(ContentType, ParameterByName) {
  const Parameters params{{"charset", "utf-8"}};
  EXPECT_EQ(parameter(params, "charset"), "utf-8");
  EXPECT_EQ(parameter(params, "boundary"), "");
}

}  // namespace
}  // namespace mail
