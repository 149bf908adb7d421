#include "imapd/namespaces.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(Namespaces, NamesOfOthersGoThereAndBack) {
  EXPECT_EQ(name_for_others("bob@example.test"), "Other Users/bob@example.test");
  const auto name = name_for_others("a/b%c=d@example.test", "Project/Plans");
  EXPECT_EQ(name, "Other Users/a=2Fb=25c=3Dd@example.test/Project/Plans");
  const auto parsed = parse_others_name(name);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->address, "a/b%c=d@example.test");
  EXPECT_EQ(parsed->name, "Project/Plans");
}

TEST(Namespaces, InboxIsInboxInAnyCase) {
  EXPECT_EQ(parse_others_name("Other Users/bob@example.test/inBox")->name, "INBOX");
}

TEST(Namespaces, OwnNamesAreNotForOthers) {
  for (const char* name : {"INBOX", "Other", "Other Users", "Other Usersx/a", "x/Other Users/a"})
    EXPECT_FALSE(parse_others_name(name)) << name;
  EXPECT_TRUE(is_for_others("Other Users"));
  EXPECT_TRUE(is_for_others("Other Users/a"));
  EXPECT_FALSE(is_for_others("Other Usersx"));
  EXPECT_EQ(parse_others_name("Other Users/")->address, "");
  EXPECT_EQ(parse_others_name("Other Users/a=2")->address, "a=2");
}

TEST(Namespaces, PatternsReachOnlySoFar) {
  EXPECT_EQ(reach_of_pattern("INBOX"), Reach::kNone);
  EXPECT_EQ(reach_of_pattern("Other Userx*"), Reach::kNone);
  EXPECT_EQ(reach_of_pattern("%"), Reach::kOwners);
  EXPECT_EQ(reach_of_pattern("Other Users"), Reach::kOwners);
  EXPECT_EQ(reach_of_pattern("Other Users/%"), Reach::kOwners);
  EXPECT_EQ(reach_of_pattern("*"), Reach::kMailboxes);
  EXPECT_EQ(reach_of_pattern("Oth*"), Reach::kMailboxes);
  EXPECT_EQ(reach_of_pattern("Other Users/bob@example.test/%"), Reach::kMailboxes);
  EXPECT_EQ(reach_of_pattern("%/%/%"), Reach::kMailboxes);
}

}  // namespace
}  // namespace imapd
