#include "mail/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
constexpr std::array<std::pair<std::string_view, int>, 8> kZones{{
    {"EST", -300},
    {"EDT", -240},
    {"CST", -360},
    {"CDT", -300},
    {"MST", -420},
    {"MDT", -360},
    {"PST", -480},
    {"PDT", -420},
}};  // RFC 5322 §4.3; all other names mean -0000 there

struct Clock {
  int hour = 0, minute = 0, second = 0;
};

/// Takes words and numbers off a date; comments and white space vanish between them.
class DateLexer {
 public:
  explicit DateLexer(std::string_view text) : text_(text) { skip(); }

  bool ended() const { return text_.empty(); }
  bool at(char c) const { return !ended() && text_.front() == c; }

  bool take(char c) {
    if (!at(c)) return false;
    text_.remove_prefix(1);
    skip();
    return true;
  }

  std::string_view take_word() {
    return take_while([](char c) { return !is_digit(c) && is_letter(c); });
  }
  std::string_view take_digits() { return take_while(is_digit); }

 private:
  static bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }

  template <class Predicate>
  std::string_view take_while(Predicate belongs) {
    std::size_t size = 0;
    while (size < text_.size() && belongs(text_[size])) ++size;
    const std::string_view taken = text_.substr(0, size);
    text_.remove_prefix(size);
    skip();
    return taken;
  }

  void skip() {
    std::size_t depth = 0;
    for (; !text_.empty(); text_.remove_prefix(1)) {
      const char c = text_.front();
      if (c == '(') ++depth;
      if (depth == 0 && !is_space(c)) return;
      if (c == ')') --depth;
    }
  }

  std::string_view text_;
};

std::optional<int> number(std::string_view digits, std::size_t most_digits) {
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::optional<unsigned> month_number(std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (same_ignoring_case(word.substr(0, 3), kMonths[i])) return i + 1;
  }
  return std::nullopt;
}

std::optional<int> day_number(int year, unsigned month, int day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<int>(sys_days(date).time_since_epoch().count());
}

// year = 4*DIGIT / obs-year; RFC 5322 §4.3 tells what two and three digits mean.
std::optional<int> take_year(DateLexer& lexer) {
  const std::string_view digits = lexer.take_digits();
  const auto year = number(digits, 4);
  if (!year || digits.size() == 1) return std::nullopt;
  if (digits.size() == 2) return *year + (*year < 50 ? 2000 : 1900);
  return digits.size() == 3 ? *year + 1900 : *year;
}

// time-of-day = hour ":" minute [":" second]
std::optional<Clock> take_clock(DateLexer& lexer) {
  const auto hour = number(lexer.take_digits(), 2);
  if (!hour || !lexer.take(':')) return std::nullopt;
  const auto minute = number(lexer.take_digits(), 2);
  const auto second = lexer.take(':') ? number(lexer.take_digits(), 2) : 0;
  if (!minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return Clock{*hour, *minute, *second};
}

// zone = ("+" / "-") 4DIGIT / obs-zone
std::optional<int> take_zone(DateLexer& lexer) {
  const bool minus = lexer.at('-');
  if (lexer.take('-') || lexer.take('+')) {
    const std::string_view digits = lexer.take_digits();
    const auto value = number(digits, 4);
    if (!value || digits.size() != 4 || *value % 100 > 59) return std::nullopt;
    const int minutes = *value / 100 * 60 + *value % 100;
    return minus ? -minutes : minutes;
  }
  const std::string_view name = lexer.take_word();
  for (const auto& [zone, minutes] : kZones) {
    if (same_ignoring_case(name, zone)) return minutes;
  }
  return 0;
}

DateTime date_time(int day, Clock clock, int zone) {
  const std::int64_t local = std::int64_t{day} * 86400 + clock.hour * 3600 + clock.minute * 60 +
                             std::min(clock.second, 59);
  return {local - std::int64_t{zone} * 60, zone};
}

struct Calendar {
  int year;
  unsigned month, day;
};

Calendar calendar(std::int32_t day) {
  const year_month_day date{sys_days(days(day))};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

std::string render_clock_and_zone(DateTime date) {
  const std::int64_t local = date.seconds + std::int64_t{date.zone_minutes} * 60;
  const std::int64_t second = (local % 86400 + 86400) % 86400;
  const int zone = date.zone_minutes < 0 ? -date.zone_minutes : date.zone_minutes;
  return fmt::format("{:02}:{:02}:{:02} {}{:02}{:02}", second / 3600, second / 60 % 60, second % 60,
                     date.zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
}

// date = date-day "-" date-month "-" date-year
std::optional<int> take_dashed_day(DateLexer& lexer) {
  const auto day = number(lexer.take_digits(), 2);
  if (!day || !lexer.take('-')) return std::nullopt;
  const std::string_view word = lexer.take_word();
  const auto month = word.size() == 3 ? month_number(word) : std::nullopt;
  if (!month || !lexer.take('-')) return std::nullopt;
  const auto year = number(lexer.take_digits(), 4);
  return year ? day_number(*year, *month, *day) : std::nullopt;
}

}  // namespace

// date-time = [day-of-week ","] day month year time-of-day [zone]
std::optional<DateTime> parse_date(std::string_view text) {
  DateLexer lexer(text);
  if (!lexer.take_word().empty()) lexer.take(',');
  const auto day = number(lexer.take_digits(), 2);
  lexer.take('-');
  const auto month = month_number(lexer.take_word());
  lexer.take('-');
  if (!day || !month) return std::nullopt;
  const auto year = take_year(lexer);
  const auto date = year ? day_number(*year, *month, *day) : std::nullopt;
  if (!date) return std::nullopt;
  const auto clock = lexer.ended() ? Clock{} : take_clock(lexer);
  if (!clock) return std::nullopt;
  return date_time(*date, *clock, take_zone(lexer).value_or(0));
}

std::string render_date(DateTime date) {
  const std::int32_t day = day_of(date);
  const Calendar at = calendar(day);
  const auto weekday = static_cast<std::size_t>(((day + 4) % 7 + 7) % 7);
  return fmt::format("{}, {} {} {:04} {}", kWeekdays[weekday], at.day, kMonths[at.month - 1],
                     at.year, render_clock_and_zone(date));
}

// date-time = date-day-fixed "-" date-month "-" date-year SP time SP zone
std::optional<DateTime> parse_internal_date(std::string_view text) {
  DateLexer lexer(text);
  const auto day = take_dashed_day(lexer);
  if (!day) return std::nullopt;
  const auto clock = take_clock(lexer);
  if (!clock || !(lexer.at('+') || lexer.at('-'))) return std::nullopt;
  const auto zone = take_zone(lexer);
  if (!zone || !lexer.ended()) return std::nullopt;
  return date_time(*day, *clock, *zone);
}

std::string render_internal_date(DateTime date) {
  const Calendar at = calendar(day_of(date));
  return fmt::format("{:02}-{}-{:04} {}", at.day, kMonths[at.month - 1], at.year,
                     render_clock_and_zone(date));
}

std::optional<std::int32_t> parse_search_date(std::string_view text) {
  DateLexer lexer(text);
  const auto day = take_dashed_day(lexer);
  return lexer.ended() ? day : std::nullopt;
}

std::string render_search_date(std::int32_t day) {
  const Calendar at = calendar(day);
  return fmt::format("{}-{}-{:04}", at.day, kMonths[at.month - 1], at.year);
}

std::int32_t day_of(DateTime date) {
  const std::int64_t local = date.seconds + std::int64_t{date.zone_minutes} * 60;
  return static_cast<std::int32_t>(local >= 0 ? local / 86400 : -((86399 - local) / 86400));
}

}  // namespace mail
