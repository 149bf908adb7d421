#include "mua/password.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tests/mua/terminal.hpp"
#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

namespace fs = std::filesystem;

class PasswordTest : public testing::Test {
 protected:
  tests::TemporaryFolder folder_;
};

TEST_F(PasswordTest, KeepsItForTheOwnerAlone) {
  const fs::path file = folder_ / "mua-passwords" / "alice@x.test";
  keep_password(file, "first");
  keep_password(file, "secret word");
  EXPECT_EQ(password_from_file(file), "secret word");
  struct stat status {};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_EQ(stat(file.parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(PasswordTest, RefusesAFileOthersCanRead) {
  const fs::path file = folder_ / "p" / "x";
  keep_password(file, "secret");
  chmod(file.c_str(), 0640);
  EXPECT_THROW(password_from_file(file), Failure);
  EXPECT_THROW(password_from_file(folder_ / "missing"), Failure);
}

TEST_F(PasswordTest, TakesTheFirstLineOfACommand) {
  EXPECT_EQ(password_from_command("printf 'secret\\r\\nuser: x\\n'"), "secret");
  EXPECT_THROW(password_from_command("true"), Failure);
}

TEST(PasswordPrompt, AsksOnTheTerminalWithoutEcho) {
  const auto ask = [] {
    Account account;
    account.address = "ann@x.test";
    return password_of(account) == "s3cret word" ? 0 : 50;
  };
  const Seen seen = at_terminal(ask, "s3cret word\n");
  EXPECT_EQ(seen.code, 0);
  EXPECT_THAT(seen.text, testing::StartsWith("Password of ann@x.test: "));
  EXPECT_THAT(seen.text, testing::Not(testing::HasSubstr("s3cret")));
}

}  // namespace
}  // namespace mua
