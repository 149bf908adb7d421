#include "sendmail/user.hpp"

#include <gtest/gtest.h>

namespace sendmail {
namespace {

TEST(User, RootIsRoot) {
  const auto user = find_user(0);
  ASSERT_TRUE(user);
  EXPECT_EQ(user->name, "root");
}

TEST(User, NobodyHasThatId) { EXPECT_FALSE(find_user(3999999999U)); }

TEST(User, FullNames) {
  EXPECT_EQ(full_name_of("Ann Lee,room 5,,", "ann"), "Ann Lee");
  EXPECT_EQ(full_name_of("& Lee", "ann"), "Ann Lee");
  EXPECT_EQ(full_name_of("", "ann"), "");
  EXPECT_EQ(full_name_of("&", ""), "");
}

}  // namespace
}  // namespace sendmail
