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

TEST(Endpoint, AnAddressIsNeitherNameNorWildcard) {
  EXPECT_EQ(parse_address("192.0.2.1:53"), (Endpoint{"192.0.2.1", 53}));
  EXPECT_EQ(parse_address("[2001:db8::1]:53"), (Endpoint{"2001:db8::1", 53}));
  for (const auto* text :
       {"ns.example.net:53", "*:53", "192.0.2.1:0", "192.0.2.1", "2001:db8::1:53"})
    EXPECT_FALSE(parse_address(text)) << text;
}

}  // namespace
}  // namespace conf
