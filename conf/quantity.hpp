// Quantities as people write them in the settings: durations ("30s", "5m", "4h", "5d") and sizes
// ("64KiB", "50MiB", "2GiB").
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conf {

/// nullopt when it isn't 1*DIGIT followed by one of s, m, h, d, or does not fit.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);
/// Octets; nullopt when it isn't 1*DIGIT followed by one of KiB, MiB, GiB, or does not fit.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// In the largest unit that divides it: "5d", "90s".
std::string format_duration(std::chrono::seconds duration);
/// In the largest unit that divides it: "50MiB", "1000".
std::string format_size(std::uint64_t octets);

}  // namespace conf
