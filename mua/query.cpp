#include "mua/query.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <vector>

#include "mail/ascii.hpp"
#include "mail/flags.hpp"

namespace mua {

namespace {

using mail::SearchKey;
using Kind = SearchKey::Kind;
using KeyResult = mail::Result<SearchKey, std::string>;

SearchKey text_key(Kind kind, std::string_view text, std::string_view field = "") {
  SearchKey key;
  key.kind = kind;
  key.text = text;
  key.field = field;
  return key;
}

SearchKey negated(SearchKey key) {
  SearchKey outer;
  outer.kind = Kind::kNot;
  outer.children.push_back(std::move(key));
  return outer;
}

SearchKey flag_key(std::uint8_t system) {
  SearchKey key;
  key.kind = Kind::kFlag;
  key.system = system;
  return key;
}

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

enum class Precision { kDay, kMonthOrYear };

// 2026-01-31; with less precision also 2026-01 and 2026, their first day
std::optional<std::int32_t> parse_day(std::string_view text, Precision precision) {
  std::string whole(text);
  if (precision == Precision::kMonthOrYear && whole.size() == 4) whole += "-01";
  if (precision == Precision::kMonthOrYear && whole.size() == 7) whole += "-01";
  text = whole;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

KeyResult date_key(Kind kind, std::string_view text) {
  const auto day = parse_day(text, kind == Kind::kOn ? Precision::kDay : Precision::kMonthOrYear);
  if (!day) return mail::unexpected(fmt::format("\"{}\" is no date such as 2026-01-31", text));
  SearchKey key;
  key.kind = kind;
  key.day = *day;
  return key;
}

KeyResult size_key(Kind kind, std::string_view text) {
  std::uint64_t unit = 1;
  std::string_view number = text;
  if (number.ends_with('k') || number.ends_with('K')) unit = 1 << 10;
  if (number.ends_with('m') || number.ends_with('M')) unit = 1 << 20;
  if (unit > 1) number.remove_suffix(1);
  const auto value = digits(number);
  if (!value) return mail::unexpected(fmt::format("\"{}\" is no size such as 500, 20k, 3M", text));
  SearchKey key;
  key.kind = kind;
  key.number = *value * unit;
  return key;
}

KeyResult state_key(std::string_view state) {
  if (state == "unread") return negated(flag_key(mail::kSeen));
  if (state == "read") return flag_key(mail::kSeen);
  if (state == "flagged") return flag_key(mail::kFlagged);
  if (state == "answered") return flag_key(mail::kAnswered);
  if (state == "draft") return flag_key(mail::kDraft);
  return mail::unexpected(
      fmt::format("is:{} is unknown; known are unread, read, flagged, answered, draft", state));
}

KeyResult has_key(std::string_view what) {
  if (what == "attachment") return text_key(Kind::kHeader, "multipart/mixed", "content-type");
  return mail::unexpected(fmt::format("has:{} is unknown; known is has:attachment", what));
}

/// nullopt when `name` is no prefix of the language: then the colon is part of a word.
std::optional<KeyResult> prefixed_key(std::string_view name, std::string_view value) {
  for (std::string_view field : {"from", "to", "cc", "bcc", "subject"}) {
    if (name == field) return text_key(Kind::kHeader, value, field);
  }
  if (name == "body") return text_key(Kind::kBody, value);
  if (name == "keyword") return text_key(Kind::kKeyword, value);
  if (name == "after") return date_key(Kind::kSince, value);
  if (name == "before") return date_key(Kind::kBefore, value);
  if (name == "on") return date_key(Kind::kOn, value);
  if (name == "larger") return size_key(Kind::kLarger, value);
  if (name == "smaller") return size_key(Kind::kSmaller, value);
  if (name == "is") return state_key(value);
  if (name == "has") return has_key(value);
  return std::nullopt;
}

/// Cuts the next term off the front, its quotes taken away; a quote that has no end ends with the
/// query.
std::optional<std::string> next_term(std::string_view& query) {
  while (!query.empty() && mail::is_space(query.front())) query.remove_prefix(1);
  if (query.empty()) return std::nullopt;
  std::string term;
  bool quoted = false;
  while (!query.empty() && (quoted || !mail::is_space(query.front()))) {
    if (query.front() == '"') {
      quoted = !quoted;
    } else {
      term += query.front();
    }
    query.remove_prefix(1);
  }
  return term;
}

KeyResult term_key(std::string_view term) {
  const std::size_t colon = term.find(':');
  if (colon != std::string_view::npos) {
    const std::string name = mail::ascii_lower(term.substr(0, colon));
    const std::string_view value = term.substr(colon + 1);
    if (auto key = prefixed_key(name, value)) {
      if (value.empty()) return mail::unexpected(fmt::format("{}: wants something after it", name));
      return *key;
    }
  }
  return text_key(Kind::kText, term);
}

}  // namespace

mail::Result<SearchKey, std::string> parse_query(std::string_view query) {
  SearchKey all;
  all.kind = Kind::kAnd;
  while (auto term = next_term(query)) {
    std::string_view words = *term;
    const bool negative = words.size() > 1 && words.front() == '-';
    if (negative) words.remove_prefix(1);
    if (words.empty()) continue;
    auto key = term_key(words);
    if (!key) return mail::unexpected(key.error());
    all.children.push_back(negative ? negated(std::move(*key)) : std::move(*key));
  }
  if (all.children.empty()) return mail::unexpected(std::string("the query is empty"));
  return all;
}

}  // namespace mua
