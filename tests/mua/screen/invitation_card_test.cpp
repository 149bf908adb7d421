#include "mua/screen/invitation_card.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "mua/screen/glyphs.hpp"
#include "tests/mua/calendar/calendars.hpp"

namespace mua::screen {
namespace {

std::string text_of(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines) out += line.text + "\n";
  return out;
}

std::string card(const char* text, const char* zone, int columns = 60) {
  setenv("TZ", zone, 1);
  tzset();
  return text_of(invitation_card(*calendar::read_invitation(text), columns));
}

TEST(InvitationCard, InThePersonsZone) {
  EXPECT_EQ(card(calendar::kCouncil, "UTC"),
            "┌─ Invitation ──────────────────────────────────────────────\n"
            "│ What:      Harbour council, winter\n"
            "│ When:      Fri 27 Nov 2026, 14:00 to 15:30 (15:00 in W.\n"
            "│            Europe Standard Time)\n"
            "│ How often: every week on Friday, 10 times\n"
            "│ Where:     Pier 4\n"
            "│ Organizer: Ann Miller <ann@x.test>\n"
            "│ With:      Alice, Zoe (accepts, if they like), bob@y.test\n"
            "│            (declines)\n"
            "└───────────────────────────────────────────────────────────\n");
  EXPECT_NE(card(calendar::kCouncil, "Europe/Berlin").find("2026, 15:00 to 16:30\n"),
            std::string::npos);
  EXPECT_NE(
      card(calendar::kCouncil, "Asia/Seoul").find("Fri 27 Nov 2026, 23:00 to Sat 28 Nov 2026,"),
      std::string::npos);
}

TEST(InvitationCard, Cancelled) {
  EXPECT_EQ(card(calendar::kCancelled, "Asia/Seoul"),
            "┌─ CANCELLED ───────────────────────────────────────────────\n"
            "│ What:      Fair\n"
            "│ When:      Thu 24 Dec 2026 to Sat 26 Dec 2026\n"
            "│ Organizer: ann@x.test\n"
            "└───────────────────────────────────────────────────────────\n");
}

TEST(InvitationCard, ChangedAnsweredProposed) {
  const auto with = [](const std::string& method, const std::string& sequence) {
    std::string text = calendar::kCouncil;
    text.replace(text.find("METHOD:REQUEST"), 14, "METHOD:" + method);
    text.replace(text.find("SEQUENCE:0"), 10, "SEQUENCE:" + sequence);
    const std::string first = card(text.c_str(), "UTC");
    return first.substr(0, first.find(" ──"));
  };
  EXPECT_EQ(with("REQUEST", "3"), "┌─ Invitation, changed");
  EXPECT_EQ(with("REPLY", "0"), "┌─ Answer to an invitation");
  EXPECT_EQ(with("COUNTER", "0"), "┌─ Another time is proposed");
  EXPECT_EQ(with("PUBLISH", "0"), "┌─ Event");
}

TEST(InvitationCard, NeverWiderThanAsked) {
  for (const Line& line : invitation_card(*calendar::read_invitation(calendar::kCouncil), 30)) {
    EXPECT_LE(columns(line.text), 30) << line.text;
  }
}

}  // namespace
}  // namespace mua::screen
