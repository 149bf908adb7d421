// Dates: of the Date: field (RFC 5322 §3.3, with §4.3's obsolete forms), of IMAP's INTERNALDATE and
// of SEARCH (RFC 9051 §9). Reading never throws; what is no date is nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// A moment, and the zone in which it was written.
struct DateTime {
  std::int64_t seconds = 0;       ///< since 1970-01-01 00:00 UTC
  std::int32_t zone_minutes = 0;  ///< east of UTC
  bool operator==(const DateTime&) const = default;
};

/// "Wed, 17 Jul 1996 02:44:25 -0700". Accepted too: no weekday, no seconds, two-digit years, zone
/// names, comments, no zone at all (UTC).
std::optional<DateTime> parse_date(std::string_view text);
std::string render_date(DateTime date);

/// "17-Jul-1996 02:44:25 -0700", the day of one digit with a blank or without, no quotes.
std::optional<DateTime> parse_internal_date(std::string_view text);
std::string render_internal_date(DateTime date);

/// "17-Jul-1996" as days since 1970-01-01.
std::optional<std::int32_t> parse_search_date(std::string_view text);
std::string render_search_date(std::int32_t day);

/// The calendar day in the date's own zone, as SEARCH compares it (RFC 9051 §6.4.4).
std::int32_t day_of(DateTime date);

}  // namespace mail
