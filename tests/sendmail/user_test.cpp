#include "sendmail/user.hpp"

#include <gtest/gtest.h>

namespace sendmail {
namespace {

TEST(User, RootIsRoot) { EXPECT_EQ(find_user(0).name, "root"); }

TEST(User, WhoHasNoNameIsCalledByHisNumber) {
  EXPECT_EQ(find_user(3999999999U).name, "uid3999999999");
}

TEST(User, FullNames) {
  EXPECT_EQ(full_name_of("Ann Lee,room 5,,", "ann"), "Ann Lee");
  EXPECT_EQ(full_name_of("& Lee", "ann"), "Ann Lee");
  EXPECT_EQ(full_name_of("", "ann"), "");
  EXPECT_EQ(full_name_of("&", ""), "");
}

}  // namespace
}  // namespace sendmail
