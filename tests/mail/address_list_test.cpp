#include "mail/address_list.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Kind = AddressEntry::Kind;

TEST(AddressEntries, GroupsAreMarked) {
  const auto entries = parse_address_entries("A: b@c, d@e;, f@g");
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[0].kind, Kind::kGroupBegin);
  EXPECT_EQ(entries[0].name, "A");
  EXPECT_EQ(entries[1].local, "b");
  EXPECT_EQ(entries[3].kind, Kind::kGroupEnd);
  EXPECT_EQ(entries[4].domain, "g");
}

TEST(AddressEntries, AnOpenGroupIsClosed) {
  const auto entries = parse_address_entries("A: b@c");
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[2].kind, Kind::kGroupEnd);
}

TEST(AddressEntries, EncodedWordsStay) {
  EXPECT_EQ(parse_address_entries("=?UTF-8?B?7YyM?=\r\n x <a@b>")[0].name, "=?UTF-8?B?7YyM?= x");
}

TEST(AddressEntries, HostileTextTakesLinearTime) {
  for (const char* unit : {"(", "\"", "<", "@", ",", "a@b,", ":", ";", "<@", "(\\", "[", "<@a,"}) {
    std::string text;
    while (text.size() < 200000) text += unit;
    EXPECT_LE(parse_address_entries(text).size(), text.size());
    EXPECT_LE(parse_address_entries("a b . c" + text).size(), text.size());
  }
}

}  // namespace
}  // namespace mail
