#include "mua/screen/desks.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "mua/sync/folders.hpp"
#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

namespace fs = std::filesystem;

class DesksTest : public testing::Test {
 protected:
  /// Nobody listens at port 1.
  CommonOptions options(const std::string& more = "") {
    std::ofstream(folder_ / "mua.toml")
        << "[account.\"alice@x.test\"]\nimap = \"127.0.0.1:1\"\nsmtp = \"127.0.0.1:1\"\n"
           "password_command = \"echo a\"\n"
           "[account.\"carol@y.test\"]\nimap = \"127.0.0.1:1\"\nsmtp = \"127.0.0.1:1\"\n"
           "password_command = \"echo c\"\n"
        << more;
    CommonOptions common;
    common.settings = (folder_ / "mua.toml").string();
    return common;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(DesksTest, WithoutAWordAllAccountsAreShown) {
  CommonOptions common = options();
  EXPECT_EQ(settings_to_show(common).accounts.size(), 2u);
  common.account = "carol@y.test";
  ASSERT_EQ(settings_to_show(common).accounts.size(), 1u);
  EXPECT_EQ(settings_to_show(common).accounts[0].address, "carol@y.test");
  common.account = "nobody@y.test";
  EXPECT_THROW(settings_to_show(common), Failure);
}

TEST_F(DesksTest, EachAccountHasItsStoreAndItsIdentities) {
  const Settings settings = settings_to_show(
      options("[[identity]]\naddress = \"shop@y.test\"\naccount = \"carol@y.test\"\n"));
  const Desks desks(settings);
  const auto all = desks.all();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(desks.files().size(), 2u);
  EXPECT_NE(all[0].store.get().number(), all[1].store.get().number());
  EXPECT_TRUE(all[0].writer.identities.empty());
  EXPECT_EQ(all[1].writer.identities.at(0).address, "shop@y.test");
  EXPECT_EQ(desks.trouble(), "");
}

TEST_F(DesksTest, OneAccountsTroubleIsItsOwn) {
  const Settings settings = settings_to_show(options());
  fs::create_directories(folder_ / "mua-store" / "alice@x.test.db");
  const Desks desks(settings);
  ASSERT_EQ(desks.all().size(), 1u);
  EXPECT_EQ(desks.all()[0].writer.account.address, "carol@y.test");
  EXPECT_NE(desks.trouble().find("alice@x.test: "), std::string::npos);
}

TEST_F(DesksTest, StoresThatCannotBeToldApartAreNotMixed) {
  const Settings settings = settings_to_show(options());
  { const Desks first(settings); }
  fs::copy_file(folder_ / "mua-store" / "alice@x.test.db",
                folder_ / "mua-store" / "carol@y.test.db", fs::copy_options::overwrite_existing);
  const Desks desks(settings);
  EXPECT_EQ(desks.all().size(), 1u);
  EXPECT_NE(desks.trouble().find("can't be told from"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen
