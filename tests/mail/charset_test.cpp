#include "mail/charset.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Charset, ConvertsByName) {
  EXPECT_EQ(to_utf8("\xC6\xC4\xB9\xDF", "EUC-KR"), "파발");
  EXPECT_EQ(to_utf8("\xC6\xC4\xB9\xDF", "ks_c_5601-1987"), "파발");
  EXPECT_EQ(to_utf8("\x8C\x63", "cp949"), "똠");
  EXPECT_EQ(to_utf8("\x1B$B$3\x1B(B", "iso-2022-jp"), "こ");
  EXPECT_EQ(to_utf8("\x82\xB1", "Shift_JIS"), "こ");
  EXPECT_EQ(to_utf8("\xC4\xE3\x81\x30\x81\x30", "gb2312"), "你\xC2\x80");
  EXPECT_EQ(to_utf8("\xA7\x41", "big5"), "你");
  EXPECT_EQ(to_utf8("\x80\xE9", "iso-8859-1"), "€é");
  EXPECT_EQ(to_utf8("\xCF\xF0", "windows-1251"), "Пр");
  EXPECT_EQ(to_utf8("\xF0\xD2", " KOI8-R "), "Пр");
  EXPECT_EQ(to_utf8("+rDA-", "utf-7"), "갰");
}

TEST(Charset, BrokenOctetsAreReplaced) {
  EXPECT_EQ(to_utf8("a\xFF"
                    "b",
                    "utf-8"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(to_utf8("a\xC6", "euc-kr"), "a\xEF\xBF\xBD");
  EXPECT_TRUE(is_utf8(to_utf8("\xED\x8C\x12\x34", "ucs-4")));
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repair_utf8("\xF0\x9F\x98\x80"), "😀");
}

TEST(Charset, TheUnnamedAndUnknownAreGuessed) {
  for (const char* charset : {"", "us-ascii", "x-nobody-knows", "utf-8//IGNORE", "../../etc"}) {
    EXPECT_EQ(to_utf8("\xEA\xB0\x80", charset), "가") << charset;
  }
  EXPECT_EQ(to_utf8("caf\xE9", ""), "café");
  EXPECT_EQ(guess_utf8("\x81"), "\xEF\xBF\xBD");
}

TEST(Charset, LongTextIsConvertedWhole) {
  std::string octets, text;
  for (int i = 0; i < 5000; ++i) octets += "\xC6\xC4", text += "파";
  EXPECT_EQ(to_utf8(octets, "euc-kr"), text);
}

TEST(Charset, KnowsUtf8) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a가😀"));
  for (const char* text : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xF4\x90\x80\x80", "\xEA\xB0"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

}  // namespace
}  // namespace mail
