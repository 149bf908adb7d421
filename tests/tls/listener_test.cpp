#include "tls/listener.hpp"

#include <gtest/gtest.h>

namespace tls {
namespace {

TEST(ConnectionCount, CountsByAddressAndInTotal) {
  ConnectionCount count({.total = 3, .per_address = 2, .refusal = ""});
  const auto far = asio::ip::make_address("192.0.2.1");
  const auto other = asio::ip::make_address("2001:db8::1");
  EXPECT_TRUE(count.admit(far));
  EXPECT_TRUE(count.admit(far));
  EXPECT_FALSE(count.admit(far));
  EXPECT_TRUE(count.admit(other));
  EXPECT_FALSE(count.admit(asio::ip::make_address("127.0.0.1")));
  count.leave(far);
  EXPECT_TRUE(count.admit(far));
}

TEST(ConnectionCount, LoopbackIsExemptFromTheLimitOfAnAddress) {
  ConnectionCount count({.total = 3, .per_address = 1, .refusal = ""});
  const auto here = asio::ip::make_address("127.0.0.1");
  EXPECT_TRUE(count.admit(here));
  EXPECT_TRUE(count.admit(here));
  count.leave(here);
  EXPECT_TRUE(count.admit(here));
}

TEST(ConnectionCount, LimitsChangeUnderConnections) {
  ConnectionCount count({.total = 2, .per_address = 2, .limit_loopback = false, .refusal = "a"});
  const auto here = asio::ip::make_address("127.0.0.1");
  EXPECT_TRUE(count.admit(here));
  EXPECT_TRUE(count.admit(here));
  EXPECT_FALSE(count.admit(here));
  count.limit({.total = 9, .per_address = 3, .limit_loopback = true, .refusal = "b"});
  EXPECT_EQ(count.refusal(), "b");
  EXPECT_TRUE(count.admit(here));
  EXPECT_FALSE(count.admit(here)) << "those that were there before count, too";
  for (int i = 0; i < 3; ++i) count.leave(here);
  EXPECT_TRUE(count.admit(here));
}

TEST(OpenAcceptor, AnAddressThatIsNotOursIsSaid) {
  asio::io_context io;
  EXPECT_THROW(open_acceptor(io, {asio::ip::make_address("192.0.2.1"), 0}), std::runtime_error);
}

}  // namespace
}  // namespace tls
