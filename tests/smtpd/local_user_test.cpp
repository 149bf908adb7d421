#include "smtpd/local_user.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

constexpr uid_t kNobodysId = 3999999999U;

class LocalUserTest : public testing::Test {
 protected:
  bool may(const LocalUser& user, const char* sender) const {
    return may_send_as(user, mail::parse_address(sender).value(), lookups_);
  }

  SenderLookups lookups_{
      [](const mail::Address& sender) { return sender.domain.ends_with("example.test"); },
      [](const mail::Address& address) -> std::optional<mailstore::AccountId> {
        if (address.to_string() == "alice@example.test") return 7;
        return std::nullopt;
      },
      [](mailstore::AccountId account, const mail::Address& sender) {
        return account == 7 && sender.to_string() == "info@example.test";
      }};
  LocalUser alice_{"alice", {"alice", "example.test"}, LocalUser::Rights::kHisOwn};
  LocalUser daemon_{"daemon", {"daemon", "example.test"}, LocalUser::Rights::kHisOwn};
};

TEST_F(LocalUserTest, TheSystemKnowsTheName) {
  const LocalUser root = local_user(0, 1000, "example.test");
  EXPECT_EQ(root.address.to_string(), "root@example.test");
  EXPECT_EQ(root.rights, LocalUser::Rights::kLocalDomains);
  const LocalUser stranger = local_user(kNobodysId, 1000, "example.test");
  EXPECT_EQ(stranger.name, "uid3999999999");
  EXPECT_EQ(stranger.rights, LocalUser::Rights::kHisOwn);
  EXPECT_EQ(local_user(kNobodysId, kNobodysId, "x.test").rights, LocalUser::Rights::kLocalDomains);
}

TEST_F(LocalUserTest, RootSpeaksForTheLocalDomains) {
  const LocalUser root = local_user(0, 1000, "example.test");
  EXPECT_TRUE(may(root, "anybody@example.test"));
  EXPECT_TRUE(may(root, "anybody@sub.example.test"));
  EXPECT_FALSE(may(root, "president@elsewhere.test"));
}

TEST_F(LocalUserTest, EverybodyElseForHimself) {
  EXPECT_TRUE(may(alice_, "alice@example.test"));
  EXPECT_TRUE(may(alice_, "Alice@EXAMPLE.test"));
  EXPECT_TRUE(may(alice_, "info@example.test"));
  EXPECT_FALSE(may(alice_, "bob@example.test"));
  EXPECT_FALSE(may(alice_, "alice@elsewhere.test"));
  EXPECT_TRUE(may(daemon_, "daemon@example.test"));
  EXPECT_FALSE(may(daemon_, "info@example.test"));
  EXPECT_TRUE(may_send_as(daemon_, {}, lookups_));
}

}  // namespace
}  // namespace smtpd
