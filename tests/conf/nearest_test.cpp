#include "conf/nearest.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

TEST(Nearest, FindsTheWordThatWasMeant) {
  const std::vector<std::string> known{"listen", "max_recipients", "threads"};
  EXPECT_EQ(nearest("lisetn", known), "listen");
  EXPECT_EQ(nearest("maxrecipients", known), "max_recipients");
  EXPECT_EQ(nearest("Threads", known), "threads");
  EXPECT_EQ(nearest("", known), "listen");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace conf
