#include "tls/port_owner.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tls/asio.hpp"

namespace tls {
namespace {

TEST(PortOwner, IsTheProcessThatListens) {
  asio::io_context io;
  const asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  EXPECT_EQ(port_owner(acceptor.local_endpoint().port()),
            "tls_test (process " + std::to_string(getpid()) + ")");
}

TEST(PortOwner, IsUnknownWhenNobodyListens) { EXPECT_EQ(port_owner(1), "another process"); }

}  // namespace
}  // namespace tls
