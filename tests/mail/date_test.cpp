#include "mail/date.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

constexpr std::int64_t kMoment = 837596665;  // 1996-07-17 09:44:25 UTC

TEST(Date, ReadsWhatPeopleSend) {
  struct {
    const char* text;
    DateTime date;
  } const cases[] = {
      {"Wed, 17 Jul 1996 02:44:25 -0700", {kMoment, -420}},
      {"17 Jul 1996 02:44:25 -0700", {kMoment, -420}},
      {"  Wed , 17\r\n Jul 1996 02 : 44 : 25 -0700 (PDT)", {kMoment, -420}},
      {"Wed, 17 Jul 96 09:44:25 GMT", {kMoment, 0}},
      {"17 jul 1996 09:44:25 UT", {kMoment, 0}},
      {"Wednesday, 17-July-96 09:44:25 Z", {kMoment, 0}},
      {"17 Jul 1996 02:44:25 PDT", {kMoment, -420}},
      {"17 Jul 1996 09:44:25 XYZ", {kMoment, 0}},
      {"17 Jul 1996 09:44:25", {kMoment, 0}},
      {"17 Jul 1996 18:44 +0900", {kMoment - 25, 540}},
      {"17 Jul 1996", {837561600, 0}},
      {"1 Jan 1970 00:00:00 +0000", {0, 0}},
      {"31 Dec 1969 23:59:59 +0000", {-1, 0}},
      {"29 Feb 2000 00:00:60 +0000", {951782459, 0}},
      {"1 Jan 100 00:00:00 +0000", {946684800, 0}},
  };
  for (const auto& expected : cases) {
    EXPECT_EQ(parse_date(expected.text), expected.date) << expected.text;
  }
}

TEST(Date, RefusesWhatIsNone) {
  for (const char* text :
       {"", "yesterday", "32 Jul 1996 00:00:00 +0000", "30 Feb 1996 00:00:00 +0000",
        "17 Foo 1996 00:00:00 +0000", "17 Jul", "17 Jul 1996 24:00:00 +0000", "17 Jul 1996 0a:00",
        "99999999999 Jul 1996", "(", "Wed, (17 Jul 1996"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, RendersWhatItReads) {
  for (const char* text : {"Wed, 17 Jul 1996 02:44:25 -0700", "Thu, 1 Jan 1970 00:00:00 +0000",
                           "Wed, 31 Dec 1969 23:30:00 -0030", "Thu, 1 Mar 2096 05:00:00 +0545"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(render_date(*date), text);
  }
}

TEST(Date, Internal) {
  const DateTime moment{kMoment, -420};
  EXPECT_EQ(parse_internal_date("17-Jul-1996 02:44:25 -0700"), moment);
  EXPECT_EQ(parse_internal_date("17-JUL-1996 02:44:25 -0700"), moment);
  EXPECT_EQ(render_internal_date(moment), "17-Jul-1996 02:44:25 -0700");
  EXPECT_EQ(parse_internal_date(" 1-Jul-1996 02:44:25 +0000")->seconds, 836189065);
  EXPECT_EQ(parse_internal_date("01-Jul-1996 02:44:25 +0000")->seconds, 836189065);
  for (const char* text : {"", "17-Jul-1996", "17-Jul-1996 02:44:25", "17-Jul-1996 02:44:25 PDT",
                           "17-Jul-1996 02:44:25 -0700x", "31-Jun-1996 02:44:25 -0700",
                           "17 Jul 1996 02:44:25 -0700", "17-Jul-1996 02:44:25 -07"}) {
    EXPECT_FALSE(parse_internal_date(text)) << text;
  }
}

TEST(Date, Search) {
  EXPECT_EQ(parse_search_date("1-Jan-1970"), 0);
  EXPECT_EQ(parse_search_date("17-Jul-1996"), 9694);
  EXPECT_EQ(parse_search_date("17-july-1996"), std::nullopt);
  EXPECT_EQ(parse_search_date("30-Feb-1996"), std::nullopt);
  EXPECT_EQ(render_search_date(9694), "17-Jul-1996");
  EXPECT_EQ(render_search_date(-1), "31-Dec-1969");
}

TEST(Date, DayIsThatOfItsOwnZone) {
  EXPECT_EQ(day_of({0, 0}), 0);
  EXPECT_EQ(day_of({0, -1}), -1);
  EXPECT_EQ(day_of({86399, 1}), 1);
  EXPECT_EQ(day_of({-86400, 0}), -1);
  EXPECT_EQ(day_of({-86401, 0}), -2);
}

}  // namespace
}  // namespace mail
