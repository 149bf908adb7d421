#include "mailstore/keywords.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

TEST_F(AccountTest, KeywordsGetSlotsInOrder) {
  Database& database = account().database();
  EXPECT_EQ(bits_for(database, inbox(), {mail::kSeen, {"a", "b", "A"}}), mail::kSeen | 256u | 512u);
  EXPECT_EQ(bits_for(database, inbox(), {0, {"B"}}), 512u);
  EXPECT_EQ(known_bits(database, inbox(), {0, {"b", "c"}}), 512u);
  EXPECT_EQ(load_keywords(database, inbox()), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(load_keywords(database, id("Sent")).empty());
}

TEST_F(AccountTest, KeywordsAreTranslatedBetweenMailboxes) {
  Database& database = account().database();
  bits_for(database, inbox(), {0, {"a", "b", "c"}}).value();
  bits_for(database, id("Sent"), {0, {"c"}}).value();
  const auto translation = FlagTranslation::between(database, inbox(), id("Sent"), 256 | 1024);
  ASSERT_TRUE(translation);
  EXPECT_EQ((*translation)(mail::kDraft | 256 | 1024), mail::kDraft | 512u | 256u);
  EXPECT_EQ(load_keywords(database, id("Sent")), (std::vector<std::string>{"c", "a"}))
      << "only those in use";
}

}  // namespace
}  // namespace mailstore
