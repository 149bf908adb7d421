#include "mua/screen/terminal_entry.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace mua::screen {

namespace {

constexpr int kMagic = 01036;
constexpr int kAbsent = -1;
constexpr int kDirectColours = 1 << 24, kDirectPairs = 1 << 16;
constexpr const char* kRgbForeground =
    "\033[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";
constexpr const char* kRgbBackground =
    "\033[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m";

void add_number(std::string& out, int value, int octets) {
  for (int i = 0; i < octets; ++i) {
    out += static_cast<char>(static_cast<std::uint32_t>(value) >> (8 * i) & 0xFF);
  }
}

void add_short(std::string& out, std::size_t value) { add_number(out, static_cast<int>(value), 2); }

void align(std::string& out) {
  if (out.size() % 2 == 1) out += '\0';
}

/// Texts one after the other, each ended by NUL, and where each begins.
struct Texts {
  std::string octets;
  std::string places;

  void add(const std::string& text) {
    add_short(places, octets.size());
    octets += text + '\0';
  }
  void skip() { add_number(places, kAbsent, 2); }
};

/// The counts, the values, and then the names of all, which begin a table of their own.
void add_extensions(std::string& out, const TerminalEntry& entry) {
  Texts values, names;
  for (const auto& [name, value] : entry.own_strings) values.add(value);
  for (const std::string& name : entry.own_flags) names.add(name);
  for (const auto& [name, value] : entry.own_strings) names.add(name);
  const std::size_t named = entry.own_flags.size() + entry.own_strings.size();
  align(out);
  add_short(out, entry.own_flags.size());
  add_short(out, 0);
  add_short(out, entry.own_strings.size());
  add_short(out, named + entry.own_strings.size());
  add_short(out, values.octets.size() + names.octets.size());
  out.append(entry.own_flags.size(), '\1');
  align(out);
  out += values.places + names.places + values.octets + names.octets;
}

}  // namespace

std::string compiled(const TerminalEntry& entry) {
  Texts strings;
  for (const auto& text : entry.strings) {
    if (text)
      strings.add(*text);
    else
      strings.skip();
  }
  std::string out;
  add_number(out, kMagic, 2);
  add_short(out, entry.names.size() + 1);
  add_short(out, entry.flags.size());
  add_short(out, entry.numbers.size());
  add_short(out, entry.strings.size());
  add_short(out, strings.octets.size());
  out += entry.names + '\0';
  for (const bool flag : entry.flags) out += flag ? '\1' : '\0';
  align(out);
  for (const int number : entry.numbers) add_number(out, number, 4);
  out += strings.places + strings.octets;
  add_extensions(out, entry);
  return out;
}

std::string terminfo_variable(const TerminalEntry& entry) {
  std::string out = "hex:";
  for (const char c : compiled(entry)) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
  return out;
}

TerminalEntry with_direct_colour(TerminalEntry entry, std::size_t colours, std::size_t pairs,
                                 std::pair<std::size_t, std::size_t> foreground_and_background) {
  entry.numbers.at(colours) = kDirectColours;
  entry.numbers.at(pairs) = kDirectPairs;
  entry.strings.at(foreground_and_background.first) = kRgbForeground;
  entry.strings.at(foreground_and_background.second) = kRgbBackground;
  entry.own_flags.emplace_back("RGB");
  return entry;
}

}  // namespace mua::screen
