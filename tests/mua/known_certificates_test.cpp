#include "mua/known_certificates.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

TEST(KnownCertificatesTest, KeepsTheLastAcceptedOneOfEachServer) {
  tests::TemporaryFolder folder;
  Account account;
  account.address = "ann@x.test";
  account.settings = folder / "mua.toml";
  const KnownCertificates known(account);
  const Host imap{"mail.x.test", 993}, smtp{"mail.x.test", 465};
  EXPECT_FALSE(known.find(imap));
  known.keep(imap, std::string(32, '\x01'));
  known.keep(smtp, std::string(32, '\x02'));
  known.keep(smtp, "no digest");
  ASSERT_TRUE(known.find(imap));
  EXPECT_EQ(known.find(imap)->sha256.substr(0, 4), "0101");
  EXPECT_EQ(known.find(imap)->seen.size(), 10u);
  known.keep(imap, std::string(32, '\xff'));
  EXPECT_EQ(KnownCertificates(account).find(imap)->sha256, std::string(64, 'f'));
  EXPECT_EQ(known.find(smtp)->sha256.substr(0, 4), "0202");
}

TEST(KnownCertificatesTest, AnAccountWithoutAFileKeepsNothing) {
  const KnownCertificates known(Account{});
  known.keep({"h", 1}, std::string(32, 'x'));
  EXPECT_FALSE(known.find({"h", 1}));
}

}  // namespace
}  // namespace mua
