#include "mua/welcome/autoconfig.hpp"

#include <gtest/gtest.h>

namespace mua::welcome {
namespace {

std::string server(const std::string& element, const std::string& type, const std::string& host,
                   const std::string& rest) {
  return "<" + element + " type=\"" + type + "\"><hostname>" + host + "</hostname>" + rest + "</" +
         element + ">";
}
std::string file(const std::string& servers) {
  return "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"x.test\">"
         "<domain>x.test</domain>" +
         servers + "</emailProvider></clientConfig>";
}

const std::string kTls = "<port>993</port><socketType>SSL</socketType>";
const std::string kStartTls = "<port>587</port><socketType>STARTTLS</socketType>";
const std::string kPlain = "<port>143</port><socketType>plain</socketType>";

TEST(Autoconfig, ReadsServersAndLoginName) {
  const auto found =
      parse_autoconfig(file(server("incomingServer", "pop3", "pop.x.test", kTls) +
                            server("incomingServer", "imap", "plain.x.test", kPlain) +
                            server("incomingServer", "imap", "imap.%EMAILDOMAIN%",
                                   kTls + "<username>%EMAILLOCALPART%</username>") +
                            server("outgoingServer", "smtp", "smtp.x.test", kStartTls)),
                       "ann@x.test");
  ASSERT_TRUE(found) << found.error();
  EXPECT_EQ(found->imap, (Service{{"imap.x.test", 993}, Security::kTls}));
  EXPECT_EQ(found->smtp, (Service{{"smtp.x.test", 587}, Security::kStartTls}));
  EXPECT_EQ(found->user, "ann");
}

TEST(Autoconfig, TheAddressAsLoginNameIsNoOther) {
  const auto found = parse_autoconfig(
      file(server("incomingServer", "imap", "h", kTls + "<username>%EMAILADDRESS%</username>") +
           server("outgoingServer", "smtp", "h", kTls)),
      "ann@x.test");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, "");
}

TEST(Autoconfig, PrefersTlsFromTheFirstOctet) {
  const auto found = parse_autoconfig(file(server("incomingServer", "imap", "a", kStartTls) +
                                           server("incomingServer", "imap", "b", kTls) +
                                           server("outgoingServer", "smtp", "c", kTls)),
                                      "ann@x.test");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->imap.host.name, "b");
}

TEST(Autoconfig, SaysWhatIsMissing) {
  EXPECT_NE(parse_autoconfig("<html>", "a@x.test").error().find("no XML"), std::string::npos);
  EXPECT_NE(parse_autoconfig("<html/>", "a@x.test").error().find("clientConfig"),
            std::string::npos);
  EXPECT_EQ(
      parse_autoconfig(file(server("incomingServer", "imap", "h", kPlain)), "a@x.test").error(),
      "no IMAP server with TLS in it");
  EXPECT_EQ(parse_autoconfig(file(server("incomingServer", "imap", "h\033[2J", kTls) +
                                  server("outgoingServer", "smtp", "h", kTls)),
                             "a@x.test")
                .error(),
            "no IMAP server with TLS in it");
  EXPECT_EQ(parse_autoconfig(file(server("incomingServer", "imap", "h", kTls)), "a@x.test").error(),
            "no outgoing server with TLS in it");
}

}  // namespace
}  // namespace mua::welcome
