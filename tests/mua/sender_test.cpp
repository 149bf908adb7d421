#include "mua/sender.hpp"

#include <gmock/gmock.h>

#include "mua/settings.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(Sender, IsTheAccountOrAnIdentityOfIt) {
  screen::Writer writer{loopback_account(1, 2), "", {}};
  writer.identities = {{"Treasurer", "money@x.test", "ann@x.test", ""}};
  EXPECT_EQ(sender_of(writer, "").address.to_string(), "ann@x.test");
  EXPECT_EQ(sender_of(writer, "Money@X.test").name, "Treasurer");
  try {
    sender_of(writer, "eve@x.test");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, ExitCode::kUsage);
    EXPECT_THAT(failure.what(), HasSubstr("known are ann@x.test, money@x.test"));
  }
}

TEST(Sender, IdentitiesComeFromTheSettings) {
  Trial trial;
  const auto file = trial.write("mua.toml",
                                "[account.\"ann@x.test\"]\nimap = \"127.0.0.1:1\"\n"
                                "smtp = \"127.0.0.1:2\"\nsecurity = \"none\"\n"
                                "[[identity]]\nname = \"Treasurer\"\naddress = \"money@x.test\"\n");
  CommonOptions common;
  common.settings = file.string();
  const screen::Writer writer = writer_of(common, find_account(common));
  ASSERT_EQ(writer.identities.size(), 1u);
  EXPECT_EQ(writer.identities[0].address, "money@x.test");
}

TEST(Sender, EachHasASignatureAKeyAndWhereAnswersGo) {
  screen::Writer writer{loopback_account(1, 2), "Ann of X", {}};
  writer.identities = {
      {"Treasurer", "money@x.test", "ann@x.test", "The money", "board@x.test", "0123ABCD"}};
  const mail::NamedAddress own = sender_of(writer, ""), money = sender_of(writer, "money@x.test");
  EXPECT_EQ(signature_of(writer, own.address), "Ann of X");
  EXPECT_EQ(signature_of(writer, money.address), "The money");
  EXPECT_EQ(signature_of(writer, {"eve", "x.test"}), "");
  EXPECT_EQ(signing_key_of(writer, own.address), "");
  EXPECT_EQ(signing_key_of(writer, money.address), "0123ABCD");
  mail::Draft draft;
  set_sender(draft, writer, money);
  EXPECT_EQ(draft.from.name, "Treasurer");
  EXPECT_EQ(draft.reply_to.at(0).address.to_string(), "board@x.test");
  set_sender(draft, writer, own);
  EXPECT_TRUE(draft.reply_to.empty());
}

TEST(Sender, TheSignatureStandsBesideTheSettings) {
  Trial trial;
  trial.write("signature", "Ann\nX Street 1\n\n");
  Account account = loopback_account(1, 2);
  account.settings = trial.folder() / "mua.toml";
  EXPECT_EQ(writer_of(account, Settings{}).signature, "Ann\nX Street 1");
}

}  // namespace
}  // namespace mua
