#include "conf/privileges.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

#include "tests/temporary_folder.hpp"

namespace conf {
namespace {

constexpr uid_t kOwner = 12345;  // nobody's on a fresh system, and no matter if it were

class PrivilegesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "for root alone";
  }

  /// What nobody can take back is done in a child.
  static bool in_child(const std::function<bool()>& holds) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(holds() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  static bool binds_a_low_port() {
    for (std::uint16_t port = 1023; port > 900; --port) {
      const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(port);
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      const int bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
      ::close(socket);
      if (bound == 0) return true;
    }
    return false;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(PrivilegesTest, RootStaysRootOnItsOwnFolder) {
  EXPECT_TRUE(in_child([&] {
    become_owner(folder_.path(), Keep::kNothing);
    become_owner(folder_ / "missing", Keep::kNothing);
    return ::geteuid() == 0;
  }));
}

TEST_F(PrivilegesTest, RootBecomesTheOwnerForGood) {
  ASSERT_EQ(::chown(folder_.path().c_str(), kOwner, kOwner), 0);
  EXPECT_TRUE(in_child([&] {
    become_owner(folder_.path(), Keep::kNothing);
    return ::getuid() == kOwner && ::geteuid() == kOwner && ::getegid() == kOwner &&
           ::setuid(0) != 0;
  }));
}

TEST_F(PrivilegesTest, ADaemonMayStillBindItsPorts) {
  ASSERT_EQ(::chown(folder_.path().c_str(), kOwner, kOwner), 0);
  if (!in_child(binds_a_low_port)) GTEST_SKIP() << "not even root may bind ports here";
  EXPECT_TRUE(in_child([&] {
    become_owner(folder_.path(), Keep::kPorts);
    return ::geteuid() == kOwner && binds_a_low_port() && ::setuid(0) != 0;
  }));
}

}  // namespace
}  // namespace conf
