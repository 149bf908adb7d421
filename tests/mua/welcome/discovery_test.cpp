#include "mua/welcome/discovery.hpp"

#include <gtest/gtest.h>

namespace mua::welcome {
namespace {

TEST(Discovery, OurOwnServersSettingsAreTaken) {
  conf::Settings settings;
  settings.domain = "example.test";
  settings.file = "/var/pabal.toml";
  settings.tls.ca = "/var/ca.pem";
  settings.imap.imaps = {{"*", 10993}};
  settings.smtp.submissions.clear();
  settings.smtp.submission = {{"::1", 10587}};
  EXPECT_FALSE(from_installation(settings, "other.test"));
  const auto found = from_installation(settings, "Example.test");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->imap, (Service{{"127.0.0.1", 10993}, Security::kTls}));
  EXPECT_EQ(found->smtp, (Service{{"::1", 10587}, Security::kStartTls}));
  EXPECT_EQ(found->ca, "/var/ca.pem");
  settings.smtp.submission.clear();
  EXPECT_FALSE(from_installation(settings, "example.test"));
}

TEST(Discovery, KnowsWhereAutoconfigFilesAre) {
  const auto urls = autoconfig_urls("a+b@x.test");
  ASSERT_EQ(urls.size(), 2u);
  EXPECT_EQ(urls[0], "https://autoconfig.x.test/mail/config-v1.1.xml?emailaddress=a%2Bb%40x.test");
  EXPECT_EQ(urls[1], "https://x.test/.well-known/autoconfig/mail/config-v1.1.xml");
}

TEST(Discovery, NamesHostsOutsideOfTheDomain) {
  Proposal proposal;
  proposal.imap.host = {"mail.x.test", 993};
  proposal.smtp.host = {"x.test", 465};
  EXPECT_EQ(strangers(proposal, "x.test"), "");
  proposal.smtp.host.name = "smtp.provider.test";
  EXPECT_EQ(strangers(proposal, "x.test"), "smtp.provider.test");
  proposal.imap.host.name = "imap.provider.test";
  EXPECT_EQ(strangers(proposal, "x.test"), "imap.provider.test and smtp.provider.test");
  proposal.imap.host.name = "smtp.provider.test";
  EXPECT_EQ(strangers(proposal, "x.test"), "smtp.provider.test");
}

}  // namespace
}  // namespace mua::welcome
