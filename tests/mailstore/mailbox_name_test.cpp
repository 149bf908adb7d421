#include "mailstore/mailbox_name.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

TEST(StoreName, KeepsNamesInOneForm) {
  EXPECT_EQ(store_name("Work/2026"), "Work/2026");
  EXPECT_EQ(store_name("Work/"), "Work");
  EXPECT_EQ(store_name("inbox"), "INBOX");
  EXPECT_EQ(store_name("InBox/Old"), "INBOX/Old");
  EXPECT_EQ(store_name("Inboxes"), "Inboxes");
  EXPECT_EQ(store_name("e\u0301"), "\u00e9") << "NFC";
  EXPECT_EQ(store_name("받은 편지"), "받은 편지");
}

TEST(StoreName, RefusesWhatCannotBeOne) {
  for (const char* name : {"", "/", "//", "/a", "a//b", "a//", "a*b", "a%", "a\tb", "a\x7f",
                           "a\xc2\x85", "a\u2028b", "\xff", "a\xc3"})
    EXPECT_EQ(store_name(name), std::nullopt) << name;
  EXPECT_EQ(store_name(std::string("a\0b", 3)), std::nullopt);
  EXPECT_TRUE(store_name(std::string(1000, 'a')));
  EXPECT_FALSE(store_name(std::string(1001, 'a')));
}

TEST(ParentsOf, AreEveryLevelAbove) {
  EXPECT_EQ(parents_of("a/b/c"), (std::vector<std::string>{"a", "a/b"}));
  EXPECT_TRUE(parents_of("a").empty());
}

TEST(SpecialUseName, IsOneOfTheRfcOrNone) {
  EXPECT_EQ(special_use_name("\\sent"), "\\Sent");
  EXPECT_EQ(special_use_name(""), "");
  EXPECT_EQ(special_use_name("\\Important"), std::nullopt);
  EXPECT_EQ(special_use_name("Sent"), std::nullopt);
}

}  // namespace
}  // namespace mailstore
