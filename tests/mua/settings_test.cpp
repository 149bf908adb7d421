#include "mua/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SettingsTest : public testing::Test {
 protected:
  fs::path write(const std::string& text) {
    std::ofstream(folder_ / "mua.toml") << text;
    return folder_ / "mua.toml";
  }
  std::string error(const std::string& text, Trust trust = Trust::kOwn) {
    try {
      read_settings(write(text), trust);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code, ExitCode::kFailed);
      return failure.what();
    }
    return "";
  }

  tests::TemporaryFolder folder_;
  const std::string accounts_ =
      "[account.\"a@x.test\"]\nimap = \"h:993\"\nsmtp = \"h:465\"\n"
      "[account.\"b@y.test\"]\nimap = \"h:993\"\nsmtp = \"h:587\"\nsmtp_security = \"starttls\"\n";
};

TEST_F(SettingsTest, EveryKeyHasADefault) {
  const Settings settings = read_settings(write(""), Trust::kOwn);
  EXPECT_EQ(settings.screen.keys, "mutt");
  EXPECT_EQ(settings.screen.undo, std::chrono::seconds(10));
  EXPECT_TRUE(settings.screen.mouse);
  EXPECT_TRUE(settings.accounts.empty());
}

TEST_F(SettingsTest, ReadsAll) {
  std::ofstream(folder_ / "t.txt") << "Alice\nTreasurer\n\n";
  const Settings settings = read_settings(
      write(accounts_ +
            "[screen]\nkeys = \"aerc\"\nthreads = \"collapsed\"\nmouse = false\nundo = \"1m\"\n"
            "editor = \"vim\"\n[[identity]]\nname = \"T\"\naddress = \"t@x.test\"\n"
            "signature_file = \"t.txt\"\nreply_to = \"r@x.test\"\nkey = "
            "\"0x1234\"\n[[identity]]\naddress = \"b@y.test\"\n"),
      Trust::kOwn);
  EXPECT_EQ(settings.screen.keys, "aerc");
  EXPECT_EQ(settings.screen.threads, ScreenSettings::Threads::kCollapsed);
  EXPECT_FALSE(settings.screen.mouse);
  EXPECT_EQ(settings.screen.undo, std::chrono::seconds(60));
  EXPECT_EQ(settings.screen.editor, "vim");
  ASSERT_EQ(settings.identities.size(), 2u);
  EXPECT_EQ(settings.identities[0],
            (Identity{"T", "t@x.test", "a@x.test", "Alice\nTreasurer", "r@x.test", "0x1234"}));
  EXPECT_EQ(settings.identities[1].account, "b@y.test");
  ASSERT_EQ(settings.accounts.size(), 2u);
  EXPECT_EQ(settings.accounts[0].settings, folder_ / "mua.toml");
  EXPECT_EQ(for_submission(settings.accounts[0]).security, Security::kTls);
  EXPECT_EQ(for_submission(settings.accounts[1]).security, Security::kStartTls);
}

TEST_F(SettingsTest, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(error("[screen]\nkyes = \"mutt\""),
              HasSubstr("mua.toml:2:1: unknown key screen.kyes; did you mean screen.keys?"));
  EXPECT_THAT(error("[screen]\nkeys = \"vi\""),
              HasSubstr("mua.toml:2:8: screen.keys is \"vi\", expected one of \"mutt\""));
  EXPECT_THAT(error("[scren]\n"), HasSubstr("unknown section scren; did you mean screen?"));
  EXPECT_THAT(error("[screen]\nmouse = 1"), HasSubstr(":2:9: screen.mouse is 1, expected true"));
  EXPECT_THAT(error("[screen]\nundo = \"1h\""), HasSubstr("expected a duration from \"0s\""));
  EXPECT_THAT(error("[screen\n"), HasSubstr("mua.toml:1:"));
  EXPECT_THAT(error("[[identity]]\nname = \"x\""), HasSubstr("identity.address is missing"));
  EXPECT_THAT(error("[[identity]]\naddress = \"x\""), HasSubstr("expected a mail address"));
  EXPECT_THAT(error(accounts_ + "[[identity]]\naddress = \"x@y.test\"\naccount = \"c@x.test\""),
              HasSubstr("expected the address of an account"));
  EXPECT_THAT(error("[account.\"a@x.test\"]\nimap = \"h:1\""), HasSubstr("smtp is missing"));
}

TEST_F(SettingsTest, AFileThatWasFoundNamesNoCommands) {
  EXPECT_THAT(error("[screen]\neditor = \"touch x\"", Trust::kFound), HasSubstr("screen.editor"));
  EXPECT_EQ(error("[screen]\neditor = \"vim\"", Trust::kOwn), "");
}

TEST_F(SettingsTest, TheScreenIsThatOfTheFirstFile) {
  CommonOptions options;
  options.settings = write(accounts_ + "[screen]\nkeys = \"alpine\"").string();
  const Settings settings = find_settings(options);
  EXPECT_EQ(settings.screen.keys, "alpine");
  EXPECT_EQ(settings.accounts.size(), 2u);
}

}  // namespace
}  // namespace mua
