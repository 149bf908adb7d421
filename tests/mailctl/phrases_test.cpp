#include "mailctl/phrases.hpp"

#include <gtest/gtest.h>

namespace mailctl {
namespace {

TEST(Phrases, NothingThatAPeerSaidSteersTheTerminal) {
  EXPECT_EQ(printable("451 4.7.1 später"), "451 4.7.1 später");
  EXPECT_EQ(printable("a\x1b[2Jb\nc\x7f"), "a\\x1b[2Jb\\x0ac\\x7f");
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\xc2\\x9b31m");
  EXPECT_EQ(printable("\xe2\x80\xae"
                      "x"),
            "\\xe2\\x80\\xaex")
      << "right to left override";
}

TEST(Phrases, ShortenedKeepsToItsColumns) {
  EXPECT_EQ(shortened("12345", 5), "12345");
  EXPECT_EQ(shortened("123456", 5), "1234…");
  EXPECT_EQ(shortened("파발파발", 6), "파발…") << "each is two columns wide";
  EXPECT_EQ(shortened("", 5), "");
}

TEST(Phrases, SpansAreInTheUnitThatSaysMost) {
  EXPECT_EQ(span(1), "1 second");
  EXPECT_EQ(span(119), "119 seconds");
  EXPECT_EQ(span(120), "2 minutes");
  EXPECT_EQ(span(7199), "119 minutes");
  EXPECT_EQ(span(7200), "2 hours");
  EXPECT_EQ(span(48 * 3600), "2 days");
  EXPECT_EQ(from_now(100, 160), "60 seconds ago");
  EXPECT_EQ(from_now(160, 100), "in 60 seconds");
  EXPECT_EQ(from_now(100, 100), "now");
}

TEST(Phrases, SizesAndCounts) {
  EXPECT_EQ(size_text(1), "1 octet");
  EXPECT_EQ(size_text(1023), "1023 octets");
  EXPECT_EQ(size_text(1536), "1.5 KiB");
  EXPECT_EQ(size_text(20u << 20), "20.0 MiB");
  EXPECT_EQ(count_of(1, "message"), "1 message");
  EXPECT_EQ(count_of(0, "message"), "0 messages");
}

TEST(Phrases, TheNullSenderIsShown) {
  EXPECT_EQ(address_text({}), "<>");
  EXPECT_EQ(address_text({"a b", "c.test"}), "\"a b\"@c.test");
}

TEST(Phrases, TimesAreLocal) {
  ::setenv("TZ", "Asia/Seoul", 1);
  ::tzset();
  EXPECT_EQ(local_time(0), "Thu 01 Jan 09:00:00");
  ::unsetenv("TZ");
  ::tzset();
}

}  // namespace
}  // namespace mailctl
