#include "mua/calendar/recurrence.hpp"

#include <gtest/gtest.h>

namespace mua::calendar {
namespace {

TEST(Recurrence, InWords) {
  EXPECT_EQ(recurrence_words("FREQ=DAILY"), "every day");
  EXPECT_EQ(recurrence_words("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=10"),
            "every 2 weeks on Monday, Wednesday and Friday, 10 times");
  EXPECT_EQ(recurrence_words("FREQ=MONTHLY;BYDAY=2TU"), "every month on the 2nd Tuesday");
  EXPECT_EQ(recurrence_words("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270331T000000Z"),
            "every month on the last Friday, until 31 March 2027");
  EXPECT_EQ(recurrence_words("FREQ=MONTHLY;BYMONTHDAY=1,15"),
            "every month on the 1st and the 15th");
  EXPECT_EQ(recurrence_words("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
            "every year on the last in December");
  EXPECT_EQ(recurrence_words("nonsense"), "recurs");
  EXPECT_EQ(recurrence_words(""), "recurs");
}

}  // namespace
}  // namespace mua::calendar
