#include "conf/quantity.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

using std::chrono::seconds;

TEST(Quantity, DurationsHaveOneUnit) {
  EXPECT_EQ(parse_duration("30s"), seconds(30));
  EXPECT_EQ(parse_duration("5m"), seconds(300));
  EXPECT_EQ(parse_duration("4h"), seconds(4 * 3600));
  EXPECT_EQ(parse_duration("5d"), seconds(5 * 86400));
  for (const auto* bad : {"", "5", "m", "-5m", "5 m", "5M", "1h30m", "1.5h",
                          "99999999999999999999s", "9223372036854775807d"})
    EXPECT_EQ(parse_duration(bad), std::nullopt) << bad;
}

TEST(Quantity, SizesAreBinary) {
  EXPECT_EQ(parse_size("64KiB"), 65536u);
  EXPECT_EQ(parse_size("50MiB"), 52428800u);
  EXPECT_EQ(parse_size("2GiB"), 2147483648u);
  for (const auto* bad : {"", "64", "64KB", "64k", "KiB", "-1KiB", "9999999999999GiB"})
    EXPECT_EQ(parse_size(bad), std::nullopt) << bad;
}

TEST(Quantity, AreShownInTheLargestUnitThatFits) {
  EXPECT_EQ(format_duration(seconds(0)), "0s");
  EXPECT_EQ(format_duration(seconds(90)), "90s");
  EXPECT_EQ(format_duration(seconds(86400)), "1d");
  EXPECT_EQ(format_size(0), "0");
  EXPECT_EQ(format_size(1000), "1000");
  EXPECT_EQ(format_size(50u << 20), "50MiB");
}

}  // namespace
}  // namespace conf
