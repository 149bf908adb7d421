#include <gtest/gtest.h>

#include "conf/settings.hpp"
#include "mailstore/store.hpp"
#include "tests/mailctl/mailctl.hpp"
#include "tls/context.hpp"

namespace mailctl {
namespace {

namespace fs = std::filesystem;
using InitTest = MailctlTest;

TEST_F(InitTest, MakesAnInstallationThatWorks) {
  const auto outcome = init({"--user", "alice", "--user", "bob", "--domain", "mail.test"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto settings = conf::load_settings(data_ / "pabal.toml");
  EXPECT_EQ(settings.domain, "mail.test");
  EXPECT_EQ(settings.hostname, "localhost");
  EXPECT_EQ(settings.data, data_);
  EXPECT_EQ(settings.tls.ca, data_ / "ca.pem");
  EXPECT_EQ(settings.smtp.listen.at(0), (conf::Endpoint{"127.0.0.1", 30025}));
  EXPECT_EQ(settings.imap.imaps.at(0), (conf::Endpoint{"127.0.0.1", 30993}));
  tls::ServerContext(settings.tls.certificate, settings.tls.key, {});
  mailstore::Store store(settings, mailstore::ChangeFeed::Mode::kRingOnly);
  EXPECT_EQ(store.directory().accounts().size(), 2u);
  EXPECT_TRUE(store.directory().resolve({"postmaster", "mail.test"}).known());
}

TEST_F(InitTest, KeepsThePasswordsForTheOwnerAlone) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  const auto only_owner = fs::perms::owner_read | fs::perms::owner_write;
  EXPECT_EQ(fs::status(data_ / "passwords.txt").permissions(), only_owner);
  EXPECT_EQ(fs::status(data_).permissions(), fs::perms(0711)) << "others pass and see nothing";
  std::istringstream line(read("passwords.txt"));
  std::string address, password;
  line >> address >> password;
  EXPECT_EQ(address, "alice@example.test");
  const auto settings = conf::load_settings(data_ / "pabal.toml");
  mailstore::Store store(settings, mailstore::ChangeFeed::Mode::kRingOnly);
  EXPECT_TRUE(store.directory().verify(address, password));
}

TEST_F(InitTest, KeepsEveryCommentOfTheSample) {
  ASSERT_EQ(init().status, 0);
  EXPECT_NE(read("pabal.toml").find("# Most recipients of one message. Default 1000."),
            std::string::npos);
  EXPECT_FALSE(fs::exists(data_ / "passwords.txt"));
}

TEST_F(InitTest, DoesNotTouchWhatIsThere) {
  ASSERT_EQ(init().status, 0);
  const auto before = read("pabal.toml");
  const auto again = init({"--domain", "other.test"});
  EXPECT_EQ(again.status, 4);
  EXPECT_NE(again.err.find("Next: "), std::string::npos);
  EXPECT_EQ(read("pabal.toml"), before);
}

TEST_F(InitTest, FinishesWhatWasInterrupted) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  fs::remove(data_ / "pabal.toml");
  EXPECT_EQ(init({"--user", "alice"}).status, 0);
}

TEST_F(InitTest, AUserMayBeNamedByTheWholeAddress) {
  ASSERT_EQ(init({"--user", "alice@example.test"}).status, 0);
  EXPECT_TRUE(read("passwords.txt").starts_with("alice@example.test "));
  fs::remove(data_ / "pabal.toml");
  EXPECT_EQ(init({"--user", "bob@other.test"}).status, 3) << "no domain of ours";
}

TEST_F(InitTest, RefusesNonsense) {
  EXPECT_EQ(init({"--domain", "a b"}).status, 2);
  EXPECT_EQ(init({"--user", "a b@c"}).status, 1);
  EXPECT_EQ(run_words({"init", "--port-offset", "70000"}).status, 2);
  EXPECT_EQ(run_words({"init", "--data", "/proc/nowhere"}).status, 1);
}

}  // namespace
}  // namespace mailctl
