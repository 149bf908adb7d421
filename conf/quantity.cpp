#include "conf/quantity.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <span>

namespace conf {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

// Largest first, as formatting takes the first that divides.
constexpr Unit kDurations[] = {{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}};
constexpr Unit kSizes[] = {{"GiB", 1ull << 30}, {"MiB", 1ull << 20}, {"KiB", 1ull << 10}};

std::optional<std::uint64_t> parse_quantity(std::string_view text, std::span<const Unit> units) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view name(end, text.data() + text.size());
  for (const auto& unit : units) {
    if (unit.name != name) continue;
    // Signed, because durations are.
    if (number > std::numeric_limits<std::int64_t>::max() / unit.factor) return std::nullopt;
    return number * unit.factor;
  }
  return std::nullopt;
}

std::string format_quantity(std::uint64_t number, std::span<const Unit> units) {
  for (const auto& unit : units)
    if (number != 0 && number % unit.factor == 0)
      return fmt::format("{}{}", number / unit.factor, unit.name);
  return fmt::format("{}", number);
}

}  // namespace

// duration = 1*DIGIT ("s" / "m" / "h" / "d")
std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  const auto number = parse_quantity(text, kDurations);
  if (!number) return std::nullopt;
  return std::chrono::seconds(static_cast<std::int64_t>(*number));
}

// size = 1*DIGIT ("KiB" / "MiB" / "GiB")
std::optional<std::uint64_t> parse_size(std::string_view text) {
  return parse_quantity(text, kSizes);
}

std::string format_duration(std::chrono::seconds duration) {
  const auto number = static_cast<std::uint64_t>(duration.count());
  return number == 0 ? "0s" : format_quantity(number, kDurations);
}

std::string format_size(std::uint64_t octets) { return format_quantity(octets, kSizes); }

}  // namespace conf
