#include "mua/welcome/name_servers.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mua::welcome {
namespace {

// With answers: tests/interop/mua_first_run_test.py.
TEST(NameServersTest, SilenceIsNoAnswerAndBounded) {
  const int silent = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), size), 0);
  getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size);
  conf::DnsSettings settings;
  settings.mode = "forward";
  settings.servers = {{"127.0.0.1", ntohs(address.sin_port)}};
  NameServers servers(&settings);
  const auto answers = servers.srv_records({"_imaps._tcp.x.test", "_imap._tcp.x.test"},
                                           std::chrono::milliseconds(50));
  close(silent);
  EXPECT_EQ(answers, std::vector<std::vector<std::string>>(2));
}

}  // namespace
}  // namespace mua::welcome
