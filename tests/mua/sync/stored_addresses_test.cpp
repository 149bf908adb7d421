#include "mua/sync/stored_addresses.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

TEST(StoredAddresses, ComeBackAsTheyWent) {
  const std::vector<mail::NamedAddress> two{{"Ann, 안", {"ann", "x.test"}}, {"", {"b b", "y"}}};
  const auto back = read_addresses(stored_addresses(two));
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].name, "Ann, 안");
  EXPECT_EQ(back[1].address, (mail::Address{"b b", "y"}));
  EXPECT_EQ(read_addresses(stored_addresses(two), 1).size(), 1u);
  EXPECT_TRUE(read_addresses("").empty());
}

TEST(StoredAddresses, NothingInANameMakesAnotherAddress) {
  const auto back =
      read_addresses(stored_addresses({{"a\x1e\x1f"
                                        "b",
                                        {"c\x1f"
                                         "d",
                                         "e"}}}));
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0].name, "a  b");
  EXPECT_EQ(back[0].address.local, "c d");
}

TEST(StoredAddresses, AreSearchedByNameAndAddress) {
  EXPECT_EQ(searchable_addresses(stored_addresses({{"Ann", {"a", "x"}}, {"", {"b", "y"}}})),
            "Ann a@x\nb@y\n");
}

}  // namespace
}  // namespace mua::sync
