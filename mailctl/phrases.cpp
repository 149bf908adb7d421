#include "mailctl/phrases.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>

namespace mailctl {
namespace {

struct Character {
  std::string_view octets;
  utf8proc_int32_t code = -1;  ///< -1: not UTF-8
};

Character first_of(std::string_view text) {
  Character character;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character.code);
  if (length <= 0) return {text.substr(0, 1), -1};
  character.octets = text.substr(0, static_cast<std::size_t>(length));
  return character;
}

/// C0, DEL, C1, and what turns the direction of the text around it.
bool steers(utf8proc_int32_t code) {
  const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  const bool bidi = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return control || bidi;
}

std::size_t columns_of(utf8proc_int32_t code) {
  return code < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(code));
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character character = first_of(text);
    if (character.code < 0 || steers(character.code)) {
      for (const char octet : character.octets)
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(octet));
    } else {
      out += character.octets;
    }
    text.remove_prefix(character.octets.size());
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t most) {
  const std::string whole = printable(text);
  std::size_t columns = 0, kept = 0;
  for (std::string_view rest = whole; !rest.empty();) {
    const Character character = first_of(rest);
    columns += columns_of(character.code);
    if (columns < most) kept += character.octets.size();
    rest.remove_prefix(character.octets.size());
  }
  return columns <= most ? whole : whole.substr(0, kept) + "…";
}

std::string local_time(std::int64_t seconds_since_1970) {
  return fmt::format("{:%a %d %b %H:%M:%S}",
                     fmt::localtime(static_cast<std::time_t>(seconds_since_1970)));
}

std::string span(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 24 * 3600;
  const auto in = [](std::int64_t number, std::string_view unit) {
    return count_of(static_cast<std::size_t>(number), unit);
  };
  // Up to twice the next unit the smaller one says more: "90 minutes".
  if (seconds < 2 * kMinute) return in(seconds, "second");
  if (seconds < 2 * kHour) return in(seconds / kMinute, "minute");
  if (seconds < 2 * kDay) return in(seconds / kHour, "hour");
  return in(seconds / kDay, "day");
}

std::string from_now(std::int64_t time, std::int64_t now) {
  if (time == now) return "now";
  return time < now ? span(now - time) + " ago" : "in " + span(time - now);
}

std::string size_text(std::uint64_t octets) {
  const auto number = static_cast<double>(octets);
  if (octets < 1024) return count_of(octets, "octet");
  if (octets < 1024 * 1024) return fmt::format("{:.1f} KiB", number / 1024);
  return fmt::format("{:.1f} MiB", number / 1024 / 1024);
}

std::string count_of(std::size_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string address_text(const mail::Address& address) {
  return address.is_null() ? "<>" : address.to_string();
}

}  // namespace mailctl
