#include "mua/screen/invitation_card.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "mua/screen/page.hpp"
#include "mua/screen/wrap.hpp"

namespace mua::screen {

namespace {

using calendar::Attendee;
using calendar::Invitation;
using calendar::Method;
using calendar::Standing;
using calendar::When;

constexpr std::size_t kMostNamed = 12;
constexpr std::size_t kLabelWidth = 11;

std::tm local(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  localtime_r(&time, &parts);
  return parts;
}

std::tm utc(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  return parts;
}

std::string day_words(const std::tm& day) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{} {} {} {}", kDays[static_cast<std::size_t>(day.tm_wday)], day.tm_mday,
                     kMonths[static_cast<std::size_t>(day.tm_mon)], day.tm_year + 1900);
}

bool same_day(const std::tm& a, const std::tm& b) {
  return a.tm_year == b.tm_year && a.tm_yday == b.tm_yday;
}

std::string zone_words(const When& when, const std::tm& begin) {
  if (!when.zone_known) return fmt::format(" (in \"{}\", which is not known here)", when.zone);
  const std::tm there = utc(when.begin + std::int64_t{when.zone_minutes} * 60);
  if (when.zone.empty() || begin.tm_gmtoff == when.zone_minutes * 60) return "";
  return fmt::format(" ({:%H:%M} in {})", there, when.zone);
}

std::string title_of(const Invitation& invitation) {
  if (invitation.cancelled) return invitation.one_of_many ? "One time is CANCELLED" : "CANCELLED";
  switch (invitation.method) {
    case Method::kRequest:
      if (invitation.sequence > 0) return "Invitation, changed";
      return invitation.one_of_many ? "Invitation for one time of many" : "Invitation";
    case Method::kReply: return "Answer to an invitation";
    case Method::kCounter: return "Another time is proposed";
    case Method::kDeclineCounter: return "The time proposed is declined";
    default: return "Event";
  }
}

std::string standing_words(Standing standing) {
  switch (standing) {
    case Standing::kAccepted: return "accepts";
    case Standing::kTentative: return "perhaps";
    case Standing::kDeclined: return "declines";
    case Standing::kDelegated: return "sends somebody else";
    case Standing::kNoAnswer: break;
  }
  return "";
}

std::string attendee_words(const Attendee& one) {
  std::string notes = one.optional ? "if they like" : "";
  if (const std::string standing = standing_words(one.standing); !standing.empty()) {
    notes = notes.empty() ? standing : standing + ", " + notes;
  }
  const std::string who = one.name.empty() ? one.address : one.name;
  return notes.empty() ? who : fmt::format("{} ({})", who, notes);
}

std::string people_words(const std::vector<Attendee>& people) {
  std::string out;
  for (std::size_t i = 0; i < std::min(people.size(), kMostNamed); ++i) {
    out += (i > 0 ? ", " : "") + attendee_words(people[i]);
  }
  if (people.size() > kMostNamed) out += fmt::format(" and {} more", people.size() - kMostNamed);
  return out;
}

class Card {
 public:
  explicit Card(int columns) : columns_(std::max(columns, 24)) {}

  void edge(const char* corner, const std::string& title, Tone tone) {
    std::string text = corner + std::string("─");
    if (!title.empty()) text += " " + title + " ";
    while (screen::columns(text) < columns_) text += "─";
    lines_.push_back({text, tone, 0});
  }
  void row(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    std::string label = name;
    label.resize(kLabelWidth, ' ');
    const int width = columns_ - static_cast<int>(kLabelWidth) - 2;
    for (const std::string& piece : wrap({0, value}, width)) {
      lines_.push_back({"│ " + label + piece, Tone::kText, std::string("│ ").size() + kLabelWidth});
      label.assign(kLabelWidth, ' ');
    }
  }
  std::vector<Line> take() { return std::move(lines_); }

 private:
  int columns_;
  std::vector<Line> lines_;
};

}  // namespace

std::string when_words(const When& when) {
  if (when.kind == When::Kind::kDays) {
    const std::tm first = utc(when.begin), last = utc(when.end);
    const std::string day = day_words(first) + ", all day";
    return same_day(first, last) ? day : fmt::format("{} to {}", day_words(first), day_words(last));
  }
  const std::tm begin = local(when.begin), end = local(when.end);
  std::string out = fmt::format("{}, {:%H:%M}", day_words(begin), begin);
  if (!same_day(begin, end))
    out += fmt::format(" to {}, {:%H:%M}", day_words(end), end);
  else if (when.end > when.begin)
    out += fmt::format(" to {:%H:%M}", end);
  return out + zone_words(when, begin);
}

std::vector<Line> invitation_card(const Invitation& invitation, int columns) {
  Card card(columns);
  const Tone tone = invitation.cancelled ? Tone::kAlert : Tone::kChip;
  card.edge("┌", title_of(invitation), tone);
  card.row("What:", invitation.summary.empty() ? "(no title)" : invitation.summary);
  card.row("When:", when_words(invitation.when));
  card.row("How often:", invitation.recurrence);
  card.row("Where:", invitation.location);
  if (!invitation.organizer.address.empty()) {
    const Attendee& one = invitation.organizer;
    card.row("Organizer:",
             one.name.empty() ? one.address : fmt::format("{} <{}>", one.name, one.address));
  }
  card.row("With:", people_words(invitation.attendees));
  card.edge("└", "", tone);
  return card.take();
}

}  // namespace mua::screen
