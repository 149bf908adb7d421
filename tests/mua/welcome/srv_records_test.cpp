#include "mua/welcome/srv_records.hpp"

#include <gtest/gtest.h>

namespace mua::welcome {
namespace {

std::string record(int priority, int weight, int port, const std::string& labels) {
  std::string data;
  for (const int number : {priority, weight, port}) {
    data += static_cast<char>(number >> 8);
    data += static_cast<char>(number & 255);
  }
  return data + labels;
}

const std::string kA("\1a\4test\0", 8), kB("\1b\4test\0", 8), kNone("\0", 1);

TEST(SrvRecords, ReadsTheData) {
  const auto one = parse_srv(record(10, 5, 993, kA));
  ASSERT_TRUE(one);
  EXPECT_EQ(one->priority, 10);
  EXPECT_EQ(one->weight, 5);
  EXPECT_EQ(one->port, 993);
  EXPECT_EQ(one->target, "a.test");
  EXPECT_EQ(parse_srv(record(0, 0, 0, kNone))->target, "");
}

TEST(SrvRecords, WhatIsNoneIsNone) {
  for (std::size_t length = 0; length < 14; ++length) {
    EXPECT_FALSE(parse_srv(record(1, 1, 1, kA).substr(0, length))) << length;
  }
  EXPECT_FALSE(parse_srv(record(1, 1, 1, kA + "x")));
  EXPECT_FALSE(parse_srv(record(1, 1, 1, std::string("\3a\033b\0", 5))));
  EXPECT_FALSE(parse_srv(record(1, 1, 1, std::string("\xc0\x0c", 2))));
}

TEST(SrvRecords, TakesTheLowestPriorityAndThereTheHeaviest) {
  EXPECT_EQ(best_of({record(20, 9, 1, kB), record(10, 1, 2, kB), record(10, 7, 3, kA)})->port, 3);
  EXPECT_FALSE(best_of({}));
  EXPECT_FALSE(best_of({record(0, 0, 0, kNone)}));  // the domain has no such service
  EXPECT_FALSE(best_of({"nonsense"}));
}

TEST(SrvRecords, KnowsWhatLiesInADomain) {
  EXPECT_TRUE(lies_in("mail.Example.test", "example.test"));
  EXPECT_TRUE(lies_in("example.test", "example.test"));
  EXPECT_FALSE(lies_in("badexample.test", "example.test"));
  EXPECT_FALSE(lies_in("example.test.evil.test", "example.test"));
}

}  // namespace
}  // namespace mua::welcome
