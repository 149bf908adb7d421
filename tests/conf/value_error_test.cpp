#include "conf/value_error.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace conf {
namespace {

class ValueErrors : public testing::Test {
 protected:
  /// What is said of `value` in a file that is `text` from its third line on, without its name.
  std::string told(const std::string& text, const std::string& value) const {
    std::ofstream(file()) << "hostname = \"h.test\"\ndomain = \"d.test\"\n" << text;
    const std::string what = placed(ValueError(value, "wrong"), load_settings(file())).what();
    EXPECT_EQ(what.rfind(file().string(), 0), 0u) << what;
    return what.substr(file().string().size());
  }

  std::filesystem::path file() const { return folder_ / "pabal.toml"; }
  std::string in_folder(const std::string& name) const { return folder_ / name; }

  tests::TemporaryFolder folder_;
};

TEST_F(ValueErrors, AreToldAtTheirPlaces) {
  EXPECT_EQ(told("data = \"/nowhere\"\n", "/nowhere"), ":3:8: data: wrong");
  EXPECT_EQ(told("[tls]\ncertificate = \"a.pem\"\n", in_folder("a.pem")),
            ":4:15: tls.certificate: wrong");
  EXPECT_EQ(told("[relay]\nca = \"/x/ca.pem\"\n", "/x/ca.pem"), ":4:6: relay.ca: wrong");
  EXPECT_EQ(told("[dns]\ntrust_anchor = \"k\"\n", in_folder("k")),
            ":4:16: dns.trust_anchor: wrong");
  EXPECT_EQ(told("[lmtp]\nsocket_group = \"g\"\n", "g"), ":4:16: lmtp.socket_group: wrong");
}

TEST_F(ValueErrors, FindTheOneOfAList) {
  EXPECT_EQ(
      told("[smtp]\nlisten = [\"127.0.0.1:25\",\n  \"[2001:DB8:0::1]:25\"]\n", "[2001:db8::1]:25"),
      ":5:3: smtp.listen: wrong");
  EXPECT_EQ(told("[lmtp]\nlisten = [\"*:24\", \"unix:run/l.sock\"]\n", in_folder("run/l.sock")),
            ":4:19: lmtp.listen: wrong");
  EXPECT_EQ(told("[[dns.stub]]\nzone = \"a.test\"\nservers = [\"127.0.0.1:53\"]\n"
                 "[[dns.stub]]\nzone = \"b.test\"\nservers = [\"127.0.0.1:53\"]\n"
                 "trust_anchor = \"b.key\"\n",
                 in_folder("b.key")),
            ":9:16: dns.stub.trust_anchor: wrong");
  EXPECT_EQ(told("[[relay.policy]]\ndomain = \"b.test\"\nhost = \"b.test:587\"\nuser = \"u\"\n"
                 "password_file = \"b.pw\"\n",
                 in_folder("b.pw")),
            ":7:17: relay.policy.password_file: wrong");
}

TEST_F(ValueErrors, NameTheKeyOfADefaultToo) {
  EXPECT_EQ(told("[tls]\nkey = \"k.pem\"\n", in_folder("cert.pem")),
            ":3:1: tls.certificate: wrong");
  EXPECT_EQ(told("", in_folder("cert.pem")), ": tls.certificate: wrong");
  EXPECT_EQ(told("", folder_.path().string()), ": data: wrong");
  EXPECT_EQ(told("", "/usr/share/dns/root.key"), ": wrong");
}

TEST_F(ValueErrors, PassThroughUseWithTheirPlaces) {
  std::ofstream(file()) << "hostname = \"h\"\ndomain = \"d\"\n";
  const Settings settings = load_settings(file());
  EXPECT_EQ(use_values(settings, [] { return 7; }), 7);
  EXPECT_THROW(use_values(settings, [] { throw ValueError("x", "wrong"); }), SettingsError);
  EXPECT_THROW(use_values(settings, [] { throw std::logic_error("x"); }), std::logic_error);
}

}  // namespace
}  // namespace conf
