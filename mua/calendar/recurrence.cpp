#include "mua/calendar/recurrence.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace mua::calendar {

namespace {

constexpr std::array kDays{"",          "Sunday",   "Monday", "Tuesday",
                           "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array kMonths{"",        "January",  "February", "March",  "April",
                             "May",     "June",     "July",     "August", "September",
                             "October", "November", "December"};

std::string_view unit_of(icalrecurrencetype_frequency frequency) {
  switch (frequency) {
    case ICAL_SECONDLY_RECURRENCE: return "second";
    case ICAL_MINUTELY_RECURRENCE: return "minute";
    case ICAL_HOURLY_RECURRENCE: return "hour";
    case ICAL_DAILY_RECURRENCE: return "day";
    case ICAL_WEEKLY_RECURRENCE: return "week";
    case ICAL_MONTHLY_RECURRENCE: return "month";
    case ICAL_YEARLY_RECURRENCE: return "year";
    case ICAL_NO_RECURRENCE: break;
  }
  return "";
}

/// "1st", "22nd", "last", "2nd last"
std::string ordinal(int number) {
  const int count = number < 0 ? -number : number;
  if (number == -1) return "last";
  const int last = count % 10;
  const bool teen = count % 100 / 10 == 1;
  const char* ending = teen ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  return fmt::format("{}{}{}", count, ending, number < 0 ? " last" : "");
}

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::span<const short> filled(std::span<const short> values) {
  std::size_t count = 0;
  while (count < values.size() && values[count] != ICAL_RECURRENCE_ARRAY_MAX) ++count;
  return values.first(count);
}

std::string day_words(const icalrecurrencetype& rule) {
  std::vector<std::string> words;
  for (const short day : filled(rule.by_day)) {
    const int position = icalrecurrencetype_day_position(day);
    const auto week_day = static_cast<std::size_t>(icalrecurrencetype_day_day_of_week(day));
    if (week_day >= kDays.size()) continue;
    words.push_back(position == 0 ? std::string(kDays[week_day])
                                  : fmt::format("the {} {}", ordinal(position), kDays[week_day]));
  }
  for (const short day : filled(rule.by_month_day)) words.push_back("the " + ordinal(day));
  const auto positions = filled(rule.by_set_pos);
  std::string out = listed(words);
  if (!positions.empty() && !words.empty()) {
    out = fmt::format("the {} of {}", ordinal(positions.front()), out);
  }
  return out;
}

std::string month_words(const icalrecurrencetype& rule) {
  std::vector<std::string> words;
  for (const short month : filled(rule.by_month)) {
    const auto number = static_cast<std::size_t>(month);
    if (number > 0 && number < kMonths.size()) words.emplace_back(kMonths[number]);
  }
  return listed(words);
}

std::string end_words(const icalrecurrencetype& rule) {
  if (rule.count > 0) return fmt::format(", {} times", rule.count);
  if (icaltime_is_null_time(rule.until)) return "";
  const auto month = static_cast<std::size_t>(rule.until.month);
  if (month == 0 || month >= kMonths.size()) return "";
  return fmt::format(", until {} {} {}", rule.until.day, kMonths[month], rule.until.year);
}

}  // namespace

std::string recurrence_words(const std::string& rule) {
  icalerror_set_errors_are_fatal(0);
  const icalrecurrencetype read = icalrecurrencetype_from_string(rule.c_str());
  const std::string_view unit = unit_of(read.freq);
  if (unit.empty()) return "recurs";
  std::string out = read.interval > 1 ? fmt::format("every {} {}s", read.interval, unit)
                                      : fmt::format("every {}", unit);
  if (const std::string days = day_words(read); !days.empty()) out += " on " + days;
  if (const std::string months = month_words(read); !months.empty()) out += " in " + months;
  return out + end_words(read);
}

}  // namespace mua::calendar
