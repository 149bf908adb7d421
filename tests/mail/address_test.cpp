#include "mail/address.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Address, ParsesMailboxes) {
  struct {
    const char *text, *local, *domain;
  } const cases[] = {
      {"alice@example.test", "alice", "example.test"},
      {"a.b+tag@EXAMPLE.test", "a.b+tag", "EXAMPLE.test"},
      {"x@localhost", "x", "localhost"},
      {R"("a b"@example.test)", "a b", "example.test"},
      {R"("a\"b\\c@d"@example.test)", R"(a"b\c@d)", "example.test"},
      {"x@[127.0.0.1]", "x", "[127.0.0.1]"},
      {"x@[IPv6:::1]", "x", "[IPv6:::1]"},
      {"사용자@예시.한국", "사용자", "예시.한국"},
  };
  for (const auto& expected : cases) {
    const auto address = parse_address(expected.text);
    ASSERT_TRUE(address) << expected.text;
    EXPECT_EQ(address->local, expected.local);
    EXPECT_EQ(address->domain, expected.domain);
    EXPECT_EQ(address->to_string(), expected.text);
  }
}

// They hold a whole other address, whose local part may have 64 octets itself.
TEST(Address, RewrittenAddressesMayBeLonger) {
  const std::string rest(100, 'x');
  for (const char* tag : {"SRS0=", "srs1=", "Srs0+", "SRS1-"}) {
    EXPECT_TRUE(parse_address(tag + rest + "@example.test")) << tag;
    EXPECT_TRUE(is_srs(tag + rest)) << tag;
  }
  for (const char* other : {"SRS2=", "SRS0", "xSRS0="}) {
    EXPECT_FALSE(parse_address(other + rest + "@example.test")) << other;
    EXPECT_FALSE(is_srs(other + rest)) << other;
  }
  EXPECT_FALSE(parse_address("SRS0=" + std::string(251, 'x') + "@example.test"));
  EXPECT_FALSE(is_srs("SRS0"));
  EXPECT_FALSE(is_srs(""));
}

TEST(Address, RefusesWhatIsNoMailbox) {
  const std::string long_local = std::string(65, 'a') + "@example.test";
  const std::string long_domain = "a@" + std::string(250, 'b') + ".test";
  const std::string long_label = "a@" + std::string(64, 'b') + ".test";
  for (const std::string& text : std::vector<std::string>{"",
                                                          "a",
                                                          "@b",
                                                          "a@",
                                                          "a@b c",
                                                          "a b@c",
                                                          ".a@b",
                                                          "a.@b",
                                                          "a..b@c",
                                                          "a@b..c",
                                                          "a@.b",
                                                          "a@b.",
                                                          "a@-b",
                                                          "a@b-.c",
                                                          "a@[1.2.3]",
                                                          "a@[1.2.3.4",
                                                          "a@[IPv6:zz]",
                                                          "\"a@b",
                                                          "\"a\"b@c",
                                                          "a@b@c",
                                                          "<a@b>",
                                                          "a@b\r\n",
                                                          "a\xFF@b",
                                                          "a@\xFF",
                                                          "\"a\nb\"@c",
                                                          long_local,
                                                          long_domain,
                                                          long_label,
                                                          std::string("a\0@b", 4),
                                                          "\"\"@b"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(Address, KnowsWhoNeedsSmtpUtf8) {
  EXPECT_FALSE(parse_address("a@b")->needs_smtputf8());
  EXPECT_TRUE(parse_address("é@b")->needs_smtputf8());
  EXPECT_TRUE(parse_address("a@é.test")->needs_smtputf8());
  EXPECT_TRUE(Address{}.is_null());
  EXPECT_EQ(Address{}.to_string(), "");
}

TEST(Address, DomainsAsKeys) {
  EXPECT_EQ(domain_key("Example.TEST"), "example.test");
  EXPECT_EQ(domain_key("xn--bcher-kva.example"), "bücher.example");
  EXPECT_EQ(domain_key("BÜCHER.example"), "bücher.example");
  EXPECT_EQ(domain_key("Bu\xCC\x88"
                       "cher.example"),
            "bücher.example");
  EXPECT_EQ(domain_key("faß.example"), "faß.example");
  EXPECT_EQ(domain_key("[127.0.0.1]"), "[127.0.0.1]");
  EXPECT_EQ(domain_key("xn--bcherbcva.example"), "xn--bcherbcva.example");
  EXPECT_EQ(domain_key("a b"), std::nullopt);
  EXPECT_EQ(domain_key(""), std::nullopt);
  EXPECT_EQ(domain_to_ascii("예시.한국"), "xn--vv4b11d.xn--3e0b707e");
  EXPECT_EQ(domain_to_ascii("Example.test"), "example.test");
}

TEST(Address, LocalPartsAsKeys) {
  EXPECT_EQ(local_key("Alice"), "alice");
  EXPECT_EQ(local_key("E\xCC\x81va"), local_key("éva"));
  EXPECT_EQ(local_key("ΣΊΣΥΦΟΣ"), local_key("σίσυφος"));
  EXPECT_EQ(local_key("\xFF"), "\xEF\xBF\xBD");
}

std::string listed(std::string_view value) {
  std::string text;
  for (const auto& [name, address] : parse_address_list(value)) {
    text += name + "|" + address.local + "|" + address.domain + "\n";
  }
  return text;
}

TEST(AddressList, AsPeopleWriteThem) {
  EXPECT_EQ(listed("alice@example.test"), "|alice|example.test\n");
  EXPECT_EQ(listed("Alice <alice@example.test>, \"Bob, Jr.\" <bob@x>"),
            "Alice|alice|example.test\nBob, Jr.|bob|x\n");
  EXPECT_EQ(listed("Alice B. Carol  D\r\n <a@b>"), "Alice B. Carol D|a|b\n");
  EXPECT_EQ(listed("=?UTF-8?B?7YyM67Cc?= <a@b>"), "파발|a|b\n");
  EXPECT_EQ(listed("joe@x (Joe (the) \\(Doe\\))"), "Joe (the) (Doe)|joe|x\n");
  EXPECT_EQ(listed("\"a b\"@x, <\"c\\\"d\"@y>"), "|a b|x\n|c\"d|y\n");
}

TEST(AddressList, Groups) {
  EXPECT_EQ(listed("Friends: a@b, C <c@d>;, e@f"), "|a|b\nC|c|d\n|e|f\n");
  EXPECT_EQ(listed("undisclosed-recipients:;"), "");
}

TEST(AddressList, ObsoleteForms) {
  EXPECT_EQ(listed("Joe <@host1,@host2:joe@x>"), "Joe|joe|x\n");
  EXPECT_EQ(listed(",, a@b ,,"), "|a|b\n");
  EXPECT_EQ(listed("joe (c) . (d) doe @ x (e) . test"), "e|joe.doe|x.test\n");
  EXPECT_EQ(listed("a@[1.2.3.4]"), "|a|[1.2.3.4]\n");
}

TEST(AddressList, BrokenInputLosesOnlyItself) {
  EXPECT_EQ(listed("a@b <a@b>"), "a@b|a|b\n");
  EXPECT_EQ(listed("<a@b, c@d"), "|a|b\n|c|d\n");
  EXPECT_EQ(listed("nobody, c@d"), "|c|d\n");
  EXPECT_EQ(listed("\"unclosed <a@b>"), "");
  EXPECT_EQ(listed("(unclosed a@b"), "");
  EXPECT_EQ(listed("\xB1\xE8 <a@b>"), "±è|a|b\n");
  EXPECT_EQ(listed(""), "");
  EXPECT_EQ(listed("<>"), "");
  EXPECT_EQ(listed("a@b>, c@d"), "|a|b\n|c|d\n");
}

}  // namespace
}  // namespace mail
