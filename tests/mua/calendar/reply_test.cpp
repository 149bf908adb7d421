#include <gtest/gtest.h>

#include "mua/calendar/invitation.hpp"
#include "tests/mua/calendar/calendars.hpp"

namespace mua::calendar {
namespace {

bool has(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST(CalendarReply, ToTheOrganizer) {
  const Attendee self{"Alice", "alice@example.test", Standing::kNoAnswer, false};
  const auto reply = make_reply(kCouncil, self, Standing::kAccepted, 1'795'000'000);
  ASSERT_TRUE(reply);
  EXPECT_TRUE(has(*reply, "METHOD:REPLY\r\n"));
  EXPECT_FALSE(has(*reply, "METHOD:REQUEST"));
  EXPECT_TRUE(has(*reply, "UID:council@x.test\r\n"));
  EXPECT_TRUE(has(*reply, "PARTSTAT=ACCEPTED"));
  EXPECT_TRUE(has(*reply, "DTSTAMP:20261118T110640Z\r\n"));
  EXPECT_FALSE(has(*reply, "zoe@z.test"));
  EXPECT_FALSE(has(*reply, "VALARM"));
  EXPECT_FALSE(has(*reply, "Bring the minutes"));
  const auto read = read_invitation(*reply);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, Method::kReply);
  ASSERT_EQ(read->attendees.size(), 1u);
  EXPECT_EQ(read->attendees[0],
            (Attendee{"Alice", "alice@example.test", Standing::kAccepted, false}));
  EXPECT_EQ(read->when.begin, 1795788000);
  EXPECT_EQ(read->organizer.address, "ann@x.test");
}

TEST(CalendarReply, OfEveryKindAndOfNothing) {
  const Attendee self{"", "alice@example.test", Standing::kNoAnswer, false};
  EXPECT_TRUE(has(*make_reply(kCouncil, self, Standing::kTentative, 0), "PARTSTAT=TENTATIVE"));
  EXPECT_TRUE(has(*make_reply(kCouncil, self, Standing::kDeclined, 0), "PARTSTAT=DECLINED"));
  EXPECT_FALSE(make_reply("nonsense", self, Standing::kDeclined, 0));
}

}  // namespace
}  // namespace mua::calendar
