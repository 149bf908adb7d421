#include "conf/endpoint.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

TEST(Endpoint, IsWrittenAsItIsRead) {
  for (const auto* text : {"*:25", "127.0.0.1:0", "[::1]:65535"}) {
    const auto endpoint = parse_listener(text);
    ASSERT_TRUE(endpoint) << text;
    EXPECT_EQ(format_endpoint(*endpoint), text);
  }
}

}  // namespace
}  // namespace conf
