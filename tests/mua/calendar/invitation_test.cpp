#include "mua/calendar/invitation.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "tests/mua/calendar/calendars.hpp"

namespace mua::calendar {
namespace {

class InvitationTest : public testing::Test {
 protected:
  InvitationTest() {
    setenv("TZ", "UTC", 1);
    tzset();
  }
  static std::string event(const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + lines +
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
  }
  static std::string trouble(const std::string& text) {
    const auto read = read_invitation(text);
    return read ? "" : read.error();
  }
};

TEST_F(InvitationTest, AWholeOne) {
  const auto read = read_invitation(kCouncil);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, Method::kRequest);
  EXPECT_EQ(read->uid, "council@x.test");
  EXPECT_EQ(read->summary, "Harbour council, winter");
  EXPECT_EQ(read->location, "Pier 4");
  EXPECT_EQ(read->description, "Bring the minutes.\nThank you.");
  EXPECT_EQ(read->recurrence, "every week on Friday, 10 times");
  EXPECT_EQ(read->organizer.name, "Ann Miller");
  EXPECT_EQ(read->organizer.address, "ann@x.test");
  ASSERT_EQ(read->attendees.size(), 3u);
  EXPECT_EQ(read->attendees[0],
            (Attendee{"Alice", "Alice@example.test", Standing::kNoAnswer, false}));
  EXPECT_EQ(read->attendees[1], (Attendee{"Zoe", "zoe@z.test", Standing::kAccepted, true}));
  EXPECT_EQ(read->attendees[2].standing, Standing::kDeclined);
  EXPECT_TRUE(read->can_be_answered());
  EXPECT_EQ(find_attendee(*read, {"x@y.test", "alice@example.test"}), &read->attendees[0]);
  EXPECT_EQ(find_attendee(*read, {"x@y.test"}), nullptr);
}

TEST_F(InvitationTest, ZonesThatAreSpelledOutAndNot) {
  const auto read = read_invitation(kCouncil);
  EXPECT_EQ(read->when.begin, 1795788000);  // 2026-11-27 14:00 UTC
  EXPECT_EQ(read->when.end - read->when.begin, 90 * 60);
  EXPECT_EQ(read->when.zone, "W. Europe Standard Time");
  EXPECT_EQ(read->when.zone_minutes, 60);
  EXPECT_EQ(read_invitation(event("DTSTART:20261127T140000Z\r\nDURATION:PT1H\r\n"))->when.end,
            1795791600);
  const auto floating = read_invitation(event("DTSTART:20261127T140000\r\n"));
  EXPECT_EQ(floating->when.begin, 1795788000);
  EXPECT_EQ(floating->when.end, 1795788000);
  const auto unknown = read_invitation(event("DTSTART;TZID=Nowhere/At_All:20261127T140000\r\n"));
  EXPECT_FALSE(unknown->when.zone_known);
}

TEST_F(InvitationTest, DaysAndCancellations) {
  const auto read = read_invitation(kCancelled);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->cancelled);
  EXPECT_EQ(read->sequence, 2);
  EXPECT_EQ(read->when.kind, When::Kind::kDays);
  EXPECT_EQ(read->when.end - read->when.begin, 2 * 86'400);
  EXPECT_EQ(read->organizer.address, "ann@x.test");
  EXPECT_FALSE(read->can_be_answered());
}

TEST_F(InvitationTest, TheWholeSeriesBeforeOneTimeOfIt) {
  const auto read = read_invitation(
      "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:one\r\nRECURRENCE-ID:20261127T140000Z\r\nDTSTART:"
      "20261127T150000Z\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:all\r\nDTSTART:20261120T140000Z\r\nRRULE:FREQ=DAILY\r\nEND:"
      "VEVENT\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(read->summary, "all");
  EXPECT_FALSE(read->one_of_many);
  EXPECT_FALSE(read->can_be_answered());  // nobody to answer to
}

TEST_F(InvitationTest, MalformedOnesAreTold) {
  EXPECT_EQ(trouble(""), "it is no calendar");
  EXPECT_EQ(trouble("nonsense\r\nmore\r\n"), "it is no calendar");
  EXPECT_EQ(trouble("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"),
            "there is no event in it");
  EXPECT_EQ(trouble(event("SUMMARY:x\r\n")), "its event has no beginning");
  EXPECT_EQ(trouble(event("DTSTART:tomorrow\r\n")), "its event has no beginning");
  // Cut off in the middle, it is read as far as it goes.
  for (std::size_t size = 0; size < std::string_view(kCouncil).size(); size += 7) {
    trouble(std::string(kCouncil, size));
  }
}

TEST_F(InvitationTest, NothingReachesTheTerminal) {
  const auto read = read_invitation(event("DTSTART:20261127T140000Z\r\nSUMMARY:a\x1b[31mb\r\n"));
  EXPECT_EQ(read->summary.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace mua::calendar
