#include "mua/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class AccountTest : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  std::string error(const fs::path& file, Trust trust) {
    try {
      read_accounts(file, trust);
    } catch (const Failure& failure) {
      return failure.what();
    }
    return "";
  }

  tests::TemporaryFolder folder_;
};

constexpr const char* kAlice =
    "[account.\"alice@x.test\"]\nimap = \"[::1]:993\"\nsmtp = \"m:465\"\n";

TEST_F(AccountTest, ReadsWithDefaults) {
  const auto accounts = read_accounts(write("mua.toml", kAlice), Trust::kOwn);
  ASSERT_EQ(accounts.size(), 1u);
  EXPECT_EQ(accounts[0].user, "alice@x.test");
  EXPECT_EQ(accounts[0].imap.name, "::1");
  EXPECT_EQ(accounts[0].imap.to_string(), "[::1]:993");
  EXPECT_EQ(accounts[0].security, Security::kTls);
  EXPECT_TRUE(accounts[0].ca.empty());
}

TEST_F(AccountTest, WhatIsWrittenIsRead) {
  const fs::path file = folder_ / "deep" / "mua.toml";
  Account account;
  account.address = "a\"b@x.test";
  account.user = "ab";
  account.name = "A 'B' \\";
  account.imap = {"mail.x.test", 143};
  account.smtp = {"mail.x.test", 587};
  account.security = Security::kStartTls;
  account.ca = file.parent_path() / "ca.pem";
  account.password_command = "pass mail";
  write_account(file, account);
  account.address = "other@x.test";
  write_account(file, account);
  account.name = "Changed";
  write_account(file, account);
  const auto accounts = read_accounts(file, Trust::kOwn);
  ASSERT_EQ(accounts.size(), 2u);
  EXPECT_EQ(accounts[0].address, "a\"b@x.test");
  EXPECT_EQ(accounts[0].name, "A 'B' \\");
  EXPECT_EQ(accounts[0].user, "ab");
  EXPECT_EQ(accounts[0].ca, file.parent_path() / "ca.pem");
  EXPECT_EQ(accounts[0].security, Security::kStartTls);
  EXPECT_EQ(accounts[1].name, "Changed");
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_THAT(text, HasSubstr("\"other@x.test\""));
  EXPECT_THAT(text, HasSubstr("ca = \"ca.pem\""));
}

TEST_F(AccountTest, SaysWhereTheFileIsWrong) {
  EXPECT_THAT(error(write("a", std::string(kAlice) + "imao = \"x\"\n"), Trust::kOwn),
              HasSubstr("/a:4:1: unknown key account.\"alice@x.test\".imao; did you mean "
                        "account.\"alice@x.test\".imap?"));
  EXPECT_THAT(error(write("b", "[account.\"a@x.test\"]\nimap = 993\n"), Trust::kOwn),
              HasSubstr("/b:2:8: account.\"a@x.test\".imap is 993, expected a text"));
  EXPECT_THAT(error(write("c", "[account\n"), Trust::kOwn), HasSubstr("c:1:"));
  EXPECT_THAT(
      error(write("d", "[account.\"a@x.test\"]\nimap = \"h\"\nsmtp = \"h:1\"\n"), Trust::kOwn),
      HasSubstr("expected \"HOST:PORT\""));
}

TEST_F(AccountTest, AFileThatWasFoundMayNotReachOut) {
  const auto with = [&](const std::string& line) {
    return error(write("mua.toml", kAlice + line + "\n"), Trust::kFound);
  };
  EXPECT_EQ(with("password_file = \"mua-passwords/alice\""), "");
  EXPECT_THAT(with("password_command = \"touch /tmp/x\""), HasSubstr("password_command"));
  EXPECT_THAT(with("password_file = \"../secret\""), HasSubstr("password_file"));
  EXPECT_THAT(with("password_file = \"/etc/shadow\""), HasSubstr("password_file"));
  fs::create_symlink("/etc", folder_ / "link");
  EXPECT_THAT(with("password_file = \"link/shadow\""), HasSubstr("password_file"));
}

TEST_F(AccountTest, FindsTheAccountThatIsMeant) {
  CommonOptions options;
  options.settings = write("mua.toml", kAlice).string();
  EXPECT_EQ(find_account(options).address, "alice@x.test");
  options.account = "Alice@X.test";
  EXPECT_EQ(find_account(options).address, "alice@x.test");
  options.account = "bob@x.test";
  EXPECT_THROW(find_account(options), Failure);
}

TEST(AccountHost, ReadsHosts) {
  EXPECT_EQ(parse_host("mail.x.test:993").port, 993);
  EXPECT_EQ(parse_host("[::1]:993").name, "::1");
  for (const char* text : {"", ":993", "mail", "mail:", "mail:0", "mail:65536", "mail:x"}) {
    EXPECT_THROW(parse_host(text), Failure) << text;
  }
}

}  // namespace
}  // namespace mua
