#include "mua/files/from_line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <sstream>
#include <vector>

namespace mua::files {

namespace {

constexpr std::string_view kFrom = "From ";
constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(std::move(word));
  return out;
}

/// "+0100" as minutes.
std::optional<std::int32_t> zone_of(const std::string& word) {
  if (word == "GMT" || word == "UTC" || word == "Z") return 0;
  char sign = 0;
  int hours = 0, minutes = 0;
  if (word.size() != 5 || std::sscanf(word.c_str(), "%c%2d%2d", &sign, &hours, &minutes) != 3) {
    return std::nullopt;
  }
  if (sign != '+' && sign != '-') return std::nullopt;
  return (sign == '-' ? -1 : 1) * (60 * hours + minutes);
}

// weekday month day hour ":" minute [":" second] [zone] year [zone]
std::optional<mail::DateTime> date_from(const std::vector<std::string>& words, std::size_t at) {
  const auto month = std::find(kMonths.begin(), kMonths.end(), words[at + 1]);
  std::tm parts{};
  const int clock = std::sscanf(words[at + 3].c_str(), "%2d:%2d:%2d", &parts.tm_hour, &parts.tm_min,
                                &parts.tm_sec);
  if (month == kMonths.end() || clock < 2) return std::nullopt;
  mail::DateTime date;
  parts.tm_mon = static_cast<int>(month - kMonths.begin());
  parts.tm_mday = std::atoi(words[at + 2].c_str());
  for (std::size_t i = at + 4; i < words.size() && i < at + 6; ++i) {
    const int year = std::atoi(words[i].c_str());
    if (const auto zone = zone_of(words[i])) {
      date.zone_minutes = *zone;
    } else if (words[i].size() == 4 && year >= 1970) {
      parts.tm_year = year - 1900;
    }
  }
  if (parts.tm_year == 0 || parts.tm_mday < 1 || parts.tm_mday > 31) return std::nullopt;
  date.seconds = timegm(&parts) - 60L * date.zone_minutes;
  return date;
}

}  // namespace

std::optional<FromLine> parse_from_line(std::string_view line) {
  if (!line.starts_with(kFrom)) return std::nullopt;
  const std::vector<std::string> words = words_of(line);
  for (std::size_t at = 1; at + 4 < words.size(); ++at) {
    if (std::find(kDays.begin(), kDays.end(), words[at]) == kDays.end()) continue;
    if (const auto date = date_from(words, at)) return FromLine{at > 1 ? words[1] : "", *date};
  }
  return std::nullopt;
}

std::string render_from_line(const FromLine& from) {
  const auto time = static_cast<std::time_t>(from.date.seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  const bool plain =
      !from.sender.empty() && from.sender.find_first_of(" \t\r\n") == std::string::npos;
  return fmt::format("From {} {} {} {:2} {:%H:%M:%S} {}\n", plain ? from.sender : "MAILER-DAEMON",
                     kDays[static_cast<std::size_t>((parts.tm_wday + 6) % 7)],
                     kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_mday, parts,
                     parts.tm_year + 1900);
}

}  // namespace mua::files
