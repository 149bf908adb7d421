#include "conf/settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "conf/sample.hpp"
#include "tests/temporary_folder.hpp"

namespace conf {
namespace {

class SettingsFile : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_ / "pabal.toml"; }

  Settings load(const std::string& text) const {
    std::ofstream(file()) << text;
    return load_settings(file());
  }

  /// The error for `line` (the third of the file), without the file's name.
  std::string error(const std::string& line) const {
    try {
      load("hostname = \"h.test\"\ndomain = \"d.test\"\n" + line + "\n");
    } catch (const SettingsError& error) {
      const std::string what = error.what();
      EXPECT_EQ(what.rfind(file().string() + ":", 0), 0u) << what;
      return what.substr(file().string().size() + 1);
    }
    return "";
  }

  tests::TemporaryFolder folder_;
};

std::string sample() { return std::string(sample_settings()); }

/// The sample with its unset keys set.
std::string whole_sample() {
  return std::regex_replace(sample(), std::regex("\n#(\\[|[a-z_]+ = )"), "\n$1");
}

TEST_F(SettingsFile, SampleHoldsTheDefaults) {
  auto settings = load(sample());
  EXPECT_EQ(settings.threads, Settings{}.threads);
  EXPECT_EQ(settings.data, folder_.path());
  EXPECT_EQ(settings.tls.certificate, folder_ / TlsSettings{}.certificate);
  EXPECT_EQ(settings.tls.key, folder_ / TlsSettings{}.key);
  EXPECT_EQ(settings.tls.ca, TlsSettings{}.ca);
  EXPECT_EQ(settings.log, LogSettings{});
  EXPECT_EQ(settings.relay, RelaySettings{});
  EXPECT_EQ(settings.dns, DnsSettings{});
  EXPECT_EQ(settings.store, StoreSettings{});
  EXPECT_EQ(settings.history, HistorySettings{});
  EXPECT_EQ(settings.quota, QuotaSettings{});
  EXPECT_EQ(settings.smtp.listen, (std::vector<Endpoint>{{"*", 25}}));
  EXPECT_EQ(settings.imap.imaps, (std::vector<Endpoint>{{"*", 993}}));
  // The listeners have no default that could serve as one.
  settings.smtp.listen = settings.smtp.submission = settings.smtp.submissions = {};
  settings.imap.listen = settings.imap.imaps = {};
  EXPECT_EQ(settings.smtp, SmtpSettings{});
  EXPECT_EQ(settings.imap, ImapSettings{});
  EXPECT_EQ(settings.lmtp, LmtpSettings{});
}

TEST_F(SettingsFile, SampleShowsTheDefaultsOfUnsetKeysToo) {
  const auto settings = load(whole_sample());
  EXPECT_EQ(settings.smtp.max_connections_per_address, SmtpSettings{}.max_connections_per_address);
  EXPECT_EQ(settings.imap.max_connections_per_address, ImapSettings{}.max_connections_per_address);
  EXPECT_TRUE(settings.smtp.limit_loopback);
  EXPECT_TRUE(settings.imap.limit_loopback);
  EXPECT_EQ(settings.relay.smarthost, (Endpoint{"relay.example.net", 25}));
  DnsSettings dns;
  dns.trust_anchor = "/usr/share/dns/root.key";
  dns.stubs = {{"corp.example.test", {{"192.0.2.53", 53}}, ""}};
  EXPECT_EQ(settings.dns, dns);
  RelayPolicy policy;
  policy.host = Endpoint{"mail.b.test", 25};
  policy.password_file = folder_ / "b.test.password";
  EXPECT_EQ(settings.relay.policies, (std::vector<RelayPolicy>{policy}));
}

TEST_F(SettingsFile, SampleNamesEveryKeyAndItsDefault) {
  const std::regex assignment("^#?[a-z_]+ = ");
  std::istringstream lines(sample());
  std::string line, comment;
  unsigned keys = 0;
  while (std::getline(lines, line)) {
    if (std::regex_search(line, assignment)) {
      EXPECT_TRUE(comment.find("efault") != std::string::npos) << line;
      ++keys;
    }
    comment = line.rfind("# ", 0) == 0 ? comment + line : "";
  }
  EXPECT_EQ(keys, 69u);
}

TEST_F(SettingsFile, EveryValueOfTheWrongTypeIsRefused) {
  std::istringstream lines(whole_sample());
  std::string line, section;
  while (std::getline(lines, line)) {
    if (line.rfind('[', 0) == 0) section = line + "\n";
    const auto equals = line.find(" = ");
    if (line.rfind('#', 0) == 0 || equals == std::string::npos) continue;
    const auto text =
        section + line.substr(0, equals) + " = 1.5\n" + (section.empty() ? "" : "[x]\n");
    EXPECT_THROW(load(text), SettingsError) << text;
  }
}

TEST_F(SettingsFile, NameServersAreAddressesWithPorts) {
  const auto dns = load(
                       "hostname = \"h.test\"\ndomain = \"d.test\"\n[dns]\nmode = \"forward\"\n"
                       "servers = [\"192.0.2.1:53\", \"[2001:db8::1]:5353\"]\ntrust_anchor = \"\"\n"
                       "[[dns.stub]]\nzone = \"a.test\"\nservers = [\"127.0.0.1:5300\"]\n"
                       "trust_anchor = \"a.key\"\n")
                       .dns;
  EXPECT_EQ(dns.servers, (std::vector<Endpoint>{{"192.0.2.1", 53}, {"2001:db8::1", 5353}}));
  EXPECT_EQ(dns.trust_anchor, std::filesystem::path());
  EXPECT_EQ(dns.stubs.at(0), (DnsStub{"a.test", {{"127.0.0.1", 5300}}, folder_ / "a.key"}));
}

TEST_F(SettingsFile, WhatIsWrongWithNameServersIsSaid) {
  EXPECT_EQ(error("dns.mode = \"forward\""),
            "3:12: dns.mode is \"forward\" without servers, expected dns.servers to forward to");
  EXPECT_EQ(error("dns.servers = [\"ns.example.net:53\"]"),
            "3:15: dns.servers is \"ns.example.net:53\", expected \"ADDRESS:PORT\" with an IPv4 "
            "address or an IPv6 address in brackets, as \"192.0.2.1:53\"");
  EXPECT_EQ(error("[[dns.stub]]\nzone = \".\"\nservers = [\"127.0.0.1:53\"]"),
            "4:8: dns.stub.zone is \".\", expected a domain name");
  EXPECT_EQ(error("[[dns.stub]]\nzone = \"a.test\""),
            "3:1: dns.stub.servers is missing; it has no default");
  EXPECT_EQ(error("[[dns.stub]]\nzone = \"a.test\"\nservers = []"),
            "5:11: dns.stub.servers is empty, expected at least one \"ADDRESS:PORT\"");
}

TEST_F(SettingsFile, ErrorsNamePlaceValueAndWhatWasExpected) {
  EXPECT_EQ(error("threads = 300"), "3:11: threads is 300, expected a whole number from 0 to 256");
  EXPECT_EQ(error("threads = -1"), "3:11: threads is -1, expected a whole number from 0 to 256");
  EXPECT_EQ(error("threads = \"two\""),
            "3:11: threads is \"two\", expected a whole number from 0 to 256");
  EXPECT_EQ(error("data = 7"), "3:8: data is 7, expected a text in quotes");
  EXPECT_EQ(error("data = \"\""), "3:8: data is \"\", expected a path");
  EXPECT_EQ(error("tls.key = \"\""), "3:11: tls.key is \"\", expected a path");
  EXPECT_EQ(error("dns.stub = [{zone = \"-b.test\", servers = []}]").substr(0, 48),
            "3:21: dns.stub.zone is \"-b.test\", expected a dom");
  EXPECT_EQ(error("log = 1"), "3:7: log is 1, expected the section [log]");
  EXPECT_EQ(error("log.format = \"xml\""),
            "3:14: log.format is \"xml\", expected one of \"human\", \"json\"");
  EXPECT_EQ(error("smtp.command_timeout = \"5\""),
            "3:24: smtp.command_timeout is \"5\", expected a duration from \"1s\" to \"1d\" (units "
            "s, m, h, d)");
  EXPECT_EQ(error("smtp.max_message_size = \"50MB\""),
            "3:25: smtp.max_message_size is \"50MB\", expected a size from 1KiB to 2GiB: octets, "
            "or a text with KiB, MiB or GiB");
  EXPECT_EQ(
      error("relay.retry_longest = \"1m\""),
      "3:23: relay.retry_longest is shorter than relay.retry_first, expected at least as long");
}

TEST_F(SettingsFile, EndpointsAreChecked) {
  EXPECT_EQ(error("imap.listen = \"*:143\"").substr(0, 45),
            "3:15: imap.listen is \"*:143\", expected a list");
  for (const auto* bad : {"143", "*", "*:", "*:65536", "*:x", "example.test:25", "[::1]", "::1:25",
                          "[127.0.0.1]:25", "[::g]:25", ":25", "*:-1", "*:25 "})
    EXPECT_NE(error("imap.listen = [\"" + std::string(bad) + "\"]"), "") << bad;
  for (const auto* bad : {"host", "host:0", "host:", ":25", "ho st:25", "::1:25"})
    EXPECT_NE(error("relay.smarthost = \"" + std::string(bad) + "\""), "") << bad;
  const auto settings = load(
      "hostname = \"h\"\ndomain = \"d\"\nimap.listen = [\"127.0.0.1:0\", \"[::1]:143\", \"*:9\"]\n"
      "relay.smarthost = \"[2001:db8::1]:587\"");
  EXPECT_EQ(settings.imap.listen,
            (std::vector<Endpoint>{{"127.0.0.1", 0}, {"::1", 143}, {"*", 9}}));
  EXPECT_EQ(settings.relay.smarthost, (Endpoint{"2001:db8::1", 587}));
}

TEST_F(SettingsFile, LmtpListensOnSocketsToo) {
  const auto lmtp = load(
                        "hostname = \"h\"\ndomain = \"d\"\n[lmtp]\nlisten = "
                        "[\"unix:run/lmtp.sock\", \"127.0.0.1:24\", \"unix:/run/x.sock\"]\n"
                        "socket_mode = \"0600\"\nsocket_group = \"postfix\"\n")
                        .lmtp;
  EXPECT_EQ(lmtp.listen, (std::vector<Endpoint>{{"127.0.0.1", 24}}));
  EXPECT_EQ(lmtp.sockets,
            (std::vector<std::filesystem::path>{folder_ / "run/lmtp.sock", "/run/x.sock"}));
  EXPECT_EQ(lmtp.socket_mode, 0600u);
  EXPECT_EQ(lmtp.socket_group, "postfix");
  for (const auto* bad : {"unix:", "unix", "run/lmtp.sock", "127.0.0.1"})
    EXPECT_NE(error("lmtp.listen = [\"" + std::string(bad) + "\"]"), "") << bad;
  EXPECT_EQ(error("lmtp.socket_mode = \"rw\""),
            "3:20: lmtp.socket_mode is \"rw\", expected permissions in octal digits, as \"0660\"");
  for (const auto* bad : {"\"\"", "\"0999\"", "\"1777\"", "\"-1\"", "660", "\"0660 \""})
    EXPECT_NE(error("lmtp.socket_mode = " + std::string(bad)), "") << bad;
}

TEST_F(SettingsFile, RelayPolicies) {
  const auto policies =
      load(
          "hostname = \"h\"\ndomain = \"d\"\n[relay]\nsmarthost_user = \"ann\"\n"
          "smarthost_password_file = \"pw\"\n"
          "[[relay.policy]]\ndomain = \"B.test\"\ntls = \"verify\"\nnames = [\"mx.b.test\"]\nport "
          "= 26\n"
          "[[relay.policy]]\ndomain = \".c.test\"\nhost = \"unix:/run/lmtp\"\ntransport = "
          "\"lmtp\"\n"
          "[[relay.policy]]\nhost = \"[::1]:24\"\nuser = \"ann\"\npassword_file = \"/pw\"\n")
          .relay.policies;
  ASSERT_EQ(policies.size(), 3u);
  EXPECT_EQ(policies[0].domain, "b.test");
  EXPECT_EQ(policies[0].tls, "verify");
  EXPECT_EQ(policies[0].names, std::vector<std::string>{"mx.b.test"});
  EXPECT_EQ(policies[0].port, 26);
  EXPECT_EQ(policies[1].domain, ".c.test");
  EXPECT_EQ(policies[1].socket, "/run/lmtp");
  EXPECT_EQ(policies[1].transport, "lmtp");
  EXPECT_EQ(policies[2].domain, "*");
  EXPECT_EQ(policies[2].host, (Endpoint{"::1", 24}));
  EXPECT_EQ(policies[2].password_file, "/pw");
}

TEST_F(SettingsFile, RelayPoliciesAreChecked) {
  const auto wrong = [&](const std::string& keys) {
    const std::string what = error("[[relay.policy]]\n" + keys);
    return what.substr(what.find(' ') + 1);
  };
  EXPECT_EQ(error("relay.policy = 1"),
            "3:16: relay.policy is 1, expected sections [[relay.policy]]");
  EXPECT_EQ(error("relay.policy = [1]"),
            "3:16: relay.policy is 1, expected sections [[relay.policy]]");
  EXPECT_EQ(
      wrong("domain = \"*.b.test\""),
      "relay.policy.domain is \"*.b.test\", expected a domain, .domain for all below it, or *");
  EXPECT_EQ(wrong("domain = \"b.test\"\n[[relay.policy]]\ndomain = \"b.test\""),
            "relay.policy.domain is \"b.test\" a second time, expected one policy for each domain");
  EXPECT_NE(wrong("[[relay.policy]]").find("a second time"), std::string::npos);
  EXPECT_EQ(
      wrong("tls = \"yes\""),
      "relay.policy.tls is \"yes\", expected one of \"none\", \"may\", \"encrypt\", \"verify\"");
  EXPECT_EQ(wrong("names = [\"\"]"), "relay.policy.names is \"\", expected a text in quotes");
  EXPECT_EQ(wrong("transport = \"lmtp\""),
            "relay.policy.transport is \"lmtp\" without a host, expected \"smtp\", for MX hosts "
            "speak no LMTP");
  EXPECT_EQ(wrong("user = \"ann\"\npassword_file = \"pw\""),
            "relay.policy.user is set without a host, expected a host to log in at");
  EXPECT_EQ(
      wrong("user = \"ann\"\nhost = \"b.test:25\""),
      "relay.policy.user is without password_file, expected a file with the password beside it");
  for (const auto* bad : {"unix:", "unix:relative", "b.test", "b.test:0"})
    EXPECT_NE(wrong("host = \"" + std::string(bad) + "\""), "") << bad;
  EXPECT_NE(wrong("tsl = \"may\"").find("did you mean relay.policy.tls?"), std::string::npos);
}

TEST_F(SettingsFile, UnknownKeysNameTheNearestKnownOne) {
  EXPECT_EQ(error("thread = 2"), "3:1: unknown key thread; did you mean threads?");
  EXPECT_EQ(error("dns.trust_anker = \"\""),
            "3:5: unknown key dns.trust_anker; did you mean dns.trust_anchor?");
  EXPECT_EQ(error("smtp.max_recipient = 2"),
            "3:6: unknown key smtp.max_recipient; did you mean smtp.max_recipients?");
  EXPECT_EQ(error("[smpt]\nlisten = []"), "3:2: unknown section smpt; did you mean smtp?");
}

TEST_F(SettingsFile, BrokenTomlNamesItsPlace) {
  EXPECT_EQ(error("threads = = 2").substr(0, 5), "3:11:");
  EXPECT_EQ(error("domain = \"twice\"").substr(0, 2), "3:");
}

TEST_F(SettingsFile, WhatHasNoDefaultIsAskedFor) {
  EXPECT_THROW(load("domain = \"d\""), SettingsError);
  EXPECT_THROW(load("hostname = \"h\""), SettingsError);
  EXPECT_THROW(load("hostname = \"h\"\ndomain = \"a b\""), SettingsError);
  EXPECT_THROW(load_settings(folder_ / "none.toml"), SettingsError);
  EXPECT_THROW(load_settings(folder_.path()), SettingsError);
}

TEST_F(SettingsFile, PathsAreRelativeToTheFile) {
  const auto settings = load(
      "hostname = \"h\"\ndomain = \"d\"\ndata = \"../store/\"\n[tls]\nkey = \"/etc/key.pem\"\n");
  EXPECT_EQ(settings.data, (folder_ / "../store").lexically_normal());
  EXPECT_EQ(settings.tls.key, "/etc/key.pem");
  EXPECT_EQ(settings.tls.certificate, folder_ / "cert.pem");
  EXPECT_EQ(settings.file, file());
}

TEST_F(SettingsFile, OptionThenEnvironmentNameTheFile) {
  ::setenv("PABAL_CONFIG", "/from/environment.toml", 1);
  EXPECT_EQ(find_settings("/from/option.toml"), "/from/option.toml");
  EXPECT_EQ(find_settings(""), "/from/environment.toml");
  ::unsetenv("PABAL_CONFIG");
}

}  // namespace
}  // namespace conf
