#include "mailstore/expansion.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

const mail::Address kNamed{"team", "example.test"};

TEST(Expansion, MailboxesThenForwards) {
  Resolution where;
  where.domain_is_local = true;
  where.accounts = {3, 5};
  where.remote = {{{"dave", "elsewhere.test"}, "alice@example.test"}};
  const auto recipients = expand(kNamed, where);
  ASSERT_EQ(recipients.size(), 3u);
  EXPECT_EQ(recipients[0].account, 3);
  EXPECT_EQ(recipients[1].account, 5);
  EXPECT_EQ(recipients[1].address, kNamed);
  EXPECT_EQ(recipients[1].forwarded_by, "");
  EXPECT_EQ(recipients[2].account, 0);
  EXPECT_EQ(recipients[2].address.to_string(), "dave@elsewhere.test");
  EXPECT_EQ(recipients[2].forwarded_by, "alice@example.test");
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    EXPECT_EQ(recipients[i].number, static_cast<std::int32_t>(i));
    EXPECT_EQ(recipients[i].original, "team@example.test");
  }
}

TEST(Expansion, ElsewhereIsItself) {
  const auto recipients = expand({"dave", "elsewhere.test"}, {});
  ASSERT_EQ(recipients.size(), 1u);
  EXPECT_EQ(recipients[0].address.to_string(), "dave@elsewhere.test");
  EXPECT_EQ(recipients[0].account, 0);
  EXPECT_EQ(recipients[0].forwarded_by, "");
}

TEST(Expansion, NobodyHere) {
  Resolution where;
  where.domain_is_local = true;
  EXPECT_TRUE(expand(kNamed, where).empty());
}

}  // namespace
}  // namespace mailstore
