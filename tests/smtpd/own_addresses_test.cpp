#include "smtpd/own_addresses.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using asio::ip::make_address;

std::vector<asio::ip::tcp::endpoint> listening(const char* address, std::uint16_t port) {
  return {{make_address(address), port}};
}

TEST(OwnAddresses, ThoseListenedOnAtThePort) {
  const OwnAddresses own(listening("192.0.2.1", 25), 25);
  EXPECT_TRUE(own.contains(make_address("192.0.2.1")));
  EXPECT_FALSE(own.contains(make_address("192.0.2.2")));
  EXPECT_FALSE(OwnAddresses(listening("192.0.2.1", 2525), 25).contains(make_address("192.0.2.1")));
}

TEST(OwnAddresses, EveryInterfaceWhereAllIsListenedOn) {
  const OwnAddresses own(listening("0.0.0.0", 25), 25);
  EXPECT_TRUE(own.contains(make_address("127.0.0.1")));
  EXPECT_TRUE(own.contains(make_address("127.1.2.3")));
  EXPECT_FALSE(own.contains(make_address("198.51.100.231")));
  EXPECT_FALSE(own.contains(make_address("::1")));
}

TEST(OwnAddresses, NoneWithoutAPort) {
  EXPECT_FALSE(OwnAddresses({}, 25).contains(make_address("127.0.0.1")));
}

TEST(OwnAddresses, SomeAddressesLeadNowhere) {
  for (const char* address :
       {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "fe80::1"})
    EXPECT_FALSE(is_reachable(make_address(address))) << address;
  for (const char* address : {"192.0.2.1", "127.0.0.1", "::1", "2001:db8::1"})
    EXPECT_TRUE(is_reachable(make_address(address))) << address;
}

}  // namespace
}  // namespace smtpd
