#include "smtpd/way_out.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

using Spoken = mail::smtp::ClientOptions::Protocol;

conf::RelayPolicy policy(const std::string& domain, const std::string& tls) {
  conf::RelayPolicy policy;
  policy.domain = domain;
  policy.tls = tls;
  return policy;
}

TEST(WayOut, ByMxWithTlsWhereOfferedUnlessSaidOtherwise) {
  const WayOut way = way_out({}, "B.test");
  EXPECT_EQ(way.name, "b.test");
  EXPECT_FALSE(way.host);
  EXPECT_EQ(way.port, 0);
  EXPECT_EQ(way.tls.level, TlsLevel::kMay);
  EXPECT_EQ(way.protocol, Spoken::kSmtp);
  EXPECT_FALSE(way.login);
}

TEST(WayOut, TheMostSpecificPolicyCounts) {
  conf::RelaySettings settings;
  settings.policies = {policy("*", "encrypt"), policy(".test", "none"), policy(".b.test", "may"),
                       policy("b.test", "verify"), policy("bücher.test", "verify")};
  EXPECT_EQ(way_out(settings, "b.test").tls.level, TlsLevel::kVerify);
  EXPECT_EQ(way_out(settings, "mx.b.test").tls.level, TlsLevel::kMay);
  EXPECT_EQ(way_out(settings, "c.test").tls.level, TlsLevel::kNone);
  EXPECT_EQ(way_out(settings, "test").tls.level, TlsLevel::kEncrypt);
  EXPECT_EQ(way_out(settings, "xb.test").tls.level, TlsLevel::kNone);
  EXPECT_EQ(way_out(settings, "[192.0.2.1]").tls.level, TlsLevel::kEncrypt);
  EXPECT_EQ(way_out(settings, "xn--bcher-kva.test").tls.level, TlsLevel::kVerify);
}

TEST(WayOut, AHostOfItsOwn) {
  conf::RelaySettings settings;
  settings.policies = {policy(".b.test", "verify"), policy("c.test", "may")};
  settings.policies[0].host = conf::Endpoint{"mail.b.test", 2525};
  settings.policies[0].names = {"b.test"};
  settings.policies[0].user = "ann";
  settings.policies[0].password_file = "/pw";
  settings.policies[1].socket = "/run/lmtp";
  settings.policies[1].transport = "lmtp";
  const WayOut b = way_out(settings, "x.b.test");
  EXPECT_EQ(b.name, "mail.b.test:2525 for .b.test");
  EXPECT_EQ(b.host, (conf::Endpoint{"mail.b.test", 2525}));
  EXPECT_EQ(b.tls.names, std::vector<std::string>{"b.test"});
  EXPECT_EQ(b.login->user, "ann");
  EXPECT_EQ(b.terms(), "smtp verify b.test as ann");
  const WayOut c = way_out(settings, "c.test");
  EXPECT_EQ(c.socket, "/run/lmtp");
  EXPECT_EQ(c.protocol, Spoken::kLmtp);
}

TEST(WayOut, TheSmarthostTakesAllButWhatHasAHost) {
  conf::RelaySettings settings;
  settings.smarthost = conf::Endpoint{"relay.test", 587};
  settings.smarthost_tls = "verify";
  settings.smarthost_names = {".relay.test"};
  settings.smarthost_user = "us";
  settings.policies = {policy("b.test", "none"), policy("c.test", "may")};
  settings.policies[1].host = conf::Endpoint{"c.test", 25};
  const WayOut b = way_out(settings, "b.test");
  EXPECT_EQ(b.name, "*");
  EXPECT_EQ(b.host, settings.smarthost);
  EXPECT_EQ(b.tls.level, TlsLevel::kVerify);
  EXPECT_EQ(b.tls.names, settings.smarthost_names);
  EXPECT_EQ(b.login->user, "us");
  EXPECT_EQ(way_out(settings, "c.test").host, settings.policies[1].host);
}

TEST(WayOut, EqualDemandsHaveEqualTerms) {
  conf::RelaySettings settings;
  settings.policies = {policy("c.test", "may"), policy("d.test", "encrypt")};
  EXPECT_EQ(way_out(settings, "b.test").terms(), way_out(settings, "c.test").terms());
  EXPECT_NE(way_out(settings, "c.test").terms(), way_out(settings, "d.test").terms());
}

class PasswordFile : public testing::Test {
 protected:
  std::string read(const std::string& text, std::filesystem::perms mode) const {
    std::ofstream(file_) << text;
    std::filesystem::permissions(file_, mode);
    try {
      return read_password(file_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }

  tests::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_ / "pw";
};

TEST_F(PasswordFile, IsForItsOwnerAlone) {
  using std::filesystem::perms;
  const auto own = perms::owner_read | perms::owner_write;
  EXPECT_EQ(read("s3cret word\n", own), "s3cret word");
  EXPECT_EQ(read("s3cret\r\n", own), "s3cret");
  EXPECT_EQ(read("", own), file_.string() + ": is empty, expected the password on its first line");
  for (const perms open : {perms::group_read, perms::others_read, perms::others_write}) {
    const std::string refused = read("s3cret\n", own | open);
    EXPECT_EQ(refused, file_.string() + ": others may read or write it; its mode must be 0600");
  }
}

TEST_F(PasswordFile, MustBeThere) {
  EXPECT_THROW(read_password(folder_ / "none"), std::runtime_error);
  conf::RelaySettings settings;
  EXPECT_NO_THROW(check_passwords(settings));
  settings.smarthost_user = "us";
  settings.smarthost_password_file = folder_ / "none";
  EXPECT_THROW(check_passwords(settings), std::runtime_error);
  settings.smarthost_user.clear();
  settings.policies = {policy("b.test", "may")};
  settings.policies[0].user = "us";
  settings.policies[0].password_file = folder_ / "none";
  EXPECT_THROW(check_passwords(settings), std::runtime_error);
}

}  // namespace
}  // namespace smtpd
