#include "mua/screen/terminal_entry.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TerminalEntry small() {
  TerminalEntry entry;
  entry.names = "x|a terminal";
  entry.flags = {true, false, true};
  entry.numbers = {80, 256, -1, 32767};
  entry.strings = {"a", std::nullopt, "setaf", "setab"};
  entry.own_strings = {{"XM", "on"}};
  return entry;
}

std::string shorts(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8 & 0xFF);
  }
  return out;
}

TEST(TerminalEntry, TheHeadCountsWhatFollows) {
  const std::string octets = compiled(small());
  EXPECT_EQ(octets.substr(0, 12), shorts({01036, 13, 3, 4, 4, 14}));
  EXPECT_EQ(octets.substr(12, 13), std::string("x|a terminal") + '\0');
  EXPECT_EQ(octets.substr(25, 3), std::string("\1\0\1", 3));
  EXPECT_EQ(octets.substr(28, 4), std::string("P\0\0\0", 4));
  EXPECT_EQ(octets.substr(44, 8), shorts({0, -1, 2, 8}));
  EXPECT_EQ(octets.substr(52, 14), std::string("a\0setaf\0setab\0", 14));
}

TEST(TerminalEntry, ItsOwnCapabilitiesFollow) {
  TerminalEntry entry = small();
  entry.own_flags = {"AX"};
  const std::string octets = compiled(entry);
  EXPECT_EQ(octets.substr(66, 10), shorts({1, 0, 1, 3, 9}));
  EXPECT_EQ(octets.substr(76, 2), std::string("\1\0", 2));
  EXPECT_EQ(octets.substr(78, 6), shorts({0, 0, 3}));
  EXPECT_EQ(octets.substr(84), std::string("on\0AX\0XM\0", 9));
}

TEST(TerminalEntry, GetsDirectColour) {
  const TerminalEntry entry = with_direct_colour(small(), 1, 3, {2, 3});
  EXPECT_EQ(entry.numbers[1], 1 << 24);
  EXPECT_EQ(entry.numbers[3], 1 << 16);
  EXPECT_NE(entry.strings[2]->find("38;2;"), std::string::npos);
  EXPECT_NE(entry.strings[3]->find("48;2;"), std::string::npos);
  EXPECT_EQ(entry.own_flags, std::vector<std::string>{"RGB"});
  EXPECT_EQ(terminfo_variable(small()).substr(0, 8), "hex:1E02");
}

}  // namespace
}  // namespace mua::screen
