#include "mua/calendar/component.hpp"

#include <gtest/gtest.h>

#include "tests/mua/calendar/calendars.hpp"

namespace mua::calendar {
namespace {

TEST(CalendarComponent, FindsTheEvent) {
  const Component one = parse_component(kCouncil);
  EXPECT_NE(event_of(calendar_of(one)), nullptr);
  const Component two = parse_component(std::string(kCancelled) + kCouncil);
  EXPECT_NE(event_of(calendar_of(two)), nullptr);
  EXPECT_EQ(event_of(calendar_of(parse_component("x"))), nullptr);
}

TEST(CalendarComponent, Addresses) {
  EXPECT_EQ(address_of("mailto:ann@x.test"), "ann@x.test");
  EXPECT_EQ(address_of("MAILTO: ann@x.test "), "ann@x.test");
  EXPECT_EQ(address_of("urn:x"), "urn:x");
  EXPECT_EQ(address_of(nullptr), "");
}

}  // namespace
}  // namespace mua::calendar
