#include "mua/sync/servers.hpp"

#include <fstream>

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class ServersTest : public StoreTrial {
 protected:
  ServersTest() {
    account.imap = {"mail.x.test", 993};
    account.user = "ann";
  }
  Account account;
  Servers servers{store};
  const ServerMemory memory{std::string("a\0b", 3), {"* OK hello", {"IMAP4REV1", "IDLE"}, true}};
};

TEST_F(ServersTest, WhatWasLearnedIsTakenOutOnce) {
  servers.keep(account, memory);
  const ServerMemory taken = servers.take(account);
  EXPECT_EQ(taken.tls_session, memory.tls_session);
  EXPECT_EQ(taken.acquaintance, memory.acquaintance);
  EXPECT_TRUE(servers.take(account).tls_session.empty());
}

TEST_F(ServersTest, OtherSettingsMeetAnotherServer) {
  servers.keep(account, memory);
  account.ca = folder / "ca.pem";
  std::ofstream(account.ca) << "another\n";
  EXPECT_TRUE(servers.take(account).tls_session.empty());
}

TEST_F(ServersTest, WithoutASessionNothingIsKept) {
  servers.keep(account, {"", memory.acquaintance});
  EXPECT_TRUE(servers.take(account).acquaintance.greeting.empty());
}

}  // namespace
}  // namespace mua::sync
