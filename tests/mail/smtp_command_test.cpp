#include "mail/smtp_command.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

template <class T>
T parsed(std::string_view line) {
  auto command = parse_command(line);
  if (!command) {
    ADD_FAILURE() << line << ": " << to_line(command.error());
    return {};
  }
  if (!std::holds_alternative<T>(*command)) {
    ADD_FAILURE() << line << ": another command";
    return {};
  }
  return std::get<T>(*command);
}

std::string refused(std::string_view line) {
  auto command = parse_command(line);
  if (command) return "accepted";
  return std::to_string(command.error().code) + " " + command.error().enhanced;
}

TEST(SmtpCommand, Greetings) {
  EXPECT_EQ(parsed<Ehlo>("EHLO client.test").name, "client.test");
  EXPECT_EQ(parsed<Ehlo>("ehlo [127.0.0.1]").name, "[127.0.0.1]");
  EXPECT_EQ(parsed<Helo>("helo under_score ").name, "under_score");
  EXPECT_EQ(parsed<Lhlo>("lhlo mx.example.test").name, "mx.example.test");
  EXPECT_EQ(parsed<Ehlo>("EHLO JÜRGEN-PC").name, "xn--jrgen-pc-65a");
  EXPECT_EQ(parsed<Helo>("HELO J\xdcRGEN").name, "unknown");
  EXPECT_EQ(refused("EHLO"), "501 5.5.4");
  EXPECT_EQ(refused("EHLO two words"), "501 5.5.4");
  EXPECT_EQ(refused("EHLO (comment)"), "501 5.5.4");
  EXPECT_EQ(refused("EHLO " + std::string(300, 'a')), "501 5.5.4");
}

TEST(SmtpCommand, BareCommands) {
  parsed<DataStart>("DATA");
  parsed<Rset>("rset");
  parsed<Quit>("QUIT  ");
  parsed<StartTls>("StartTLS");
  parsed<Noop>("NOOP");
  parsed<Noop>("NOOP is there anybody");
  parsed<Help>("HELP");
  parsed<Help>("HELP MAIL");
  EXPECT_EQ(parsed<Vrfy>("VRFY alice").who, "alice");
  EXPECT_EQ(parsed<Expn>("EXPN list").list, "list");
  for (const char* line : {"DATA now", "RSET x", "QUIT x", "STARTTLS x"}) {
    EXPECT_EQ(refused(line), "501 5.5.4") << line;
  }
  for (const char* line : {"", " ", "HELO\tx", "GET / HTTP/1.1", "MAILFROM:<a@b>", "DATAX"}) {
    EXPECT_EQ(refused(line), "500 5.5.2") << line;
  }
}

TEST(SmtpCommand, MailFrom) {
  const MailFrom plain = parsed<MailFrom>("MAIL FROM:<Alice@example.test>");
  EXPECT_EQ(plain.sender, (Address{"Alice", "example.test"}));
  EXPECT_EQ(plain.body, "7BIT");
  EXPECT_FALSE(plain.size);
  EXPECT_TRUE(parsed<MailFrom>("mail from:<>").sender.is_null());
  EXPECT_EQ(parsed<MailFrom>("MAIL FROM: <a@b.test>").sender.domain, "b.test");
}

TEST(SmtpCommand, MailParameters) {
  const MailFrom all = parsed<MailFrom>(
      "MAIL FROM:<a@b.test> SIZE=1000 body=8bitmime SMTPUTF8 AUTH=e+3Dmc2@b.test RET=hdrs "
      "ENVID=Q+2B1");
  EXPECT_EQ(all.size, 1000u);
  EXPECT_EQ(all.body, "8BITMIME");
  EXPECT_TRUE(all.smtputf8);
  EXPECT_EQ(all.auth, "e+3Dmc2@b.test");
  EXPECT_EQ(all.ret, "HDRS");
  EXPECT_EQ(all.envid, "Q+2B1");
  EXPECT_EQ(parsed<MailFrom>("MAIL FROM:<> BODY=8BITMIME SIZE=5").size, 5u);
  EXPECT_EQ(parsed<MailFrom>("MAIL FROM:<> AUTH=<>").auth, "<>");
  EXPECT_EQ(parsed<MailFrom>("MAIL FROM:<> SIZE=99999999999999999999").size, UINT64_MAX);
}

TEST(SmtpCommand, WrongMailParameters) {
  EXPECT_EQ(refused("MAIL FROM:<a@b.test> FOO=1"), "555 5.5.4");
  EXPECT_EQ(refused("MAIL FROM:<a@b.test> NOTIFY=NEVER"), "555 5.5.4");
  for (const char* parameter : {"SIZE", "SIZE=", "SIZE=x", "SIZE=-1", "SIZE=1 SIZE=2",
                                "SIZE=100000000000000000000", "BODY=9BIT", "BODY", "SMTPUTF8=1",
                                "SMTPUTF8=", "REQUIRETLS=1", "AUTH=+zz", "RET=SOME", "ENVID=a+b"}) {
    EXPECT_EQ(refused(std::string("MAIL FROM:<a@b.test> ") + parameter), "501 5.5.4") << parameter;
  }
  EXPECT_EQ(refused("MAIL FROM:<a@b.test> ENVID=" + std::string(101, 'a')), "501 5.5.4");
}

TEST(SmtpCommand, WrongPaths) {
  for (const char* line :
       {"MAIL", "MAIL FROM", "MAIL FROM:", "MAIL FROM:a@b.test", "MAIL FROM:<a@b.test",
        "MAIL TO:<a@b.test>", "MAIL FROM:<a@b.test>SIZE=1", "RCPT TO:bob", "RCPT FROM:<a@b.test>",
        "RCPT TO:<\"a@b.test>"}) {
    EXPECT_EQ(refused(line), "501 5.5.4") << line;
  }
  EXPECT_EQ(refused("MAIL FROM:<alice>"), "553 5.1.7");
  EXPECT_EQ(refused("MAIL FROM:<@relay.test:>"), "553 5.1.7");
  for (const char* line : {"RCPT TO:<>", "RCPT TO:<bob>", "RCPT TO:<bob@>", "RCPT TO:<@b.test>",
                           "RCPT TO:<a b@c.test>", "RCPT TO:<a@b@c.test>"}) {
    EXPECT_EQ(refused(line), "553 5.1.3") << line;
  }
}

TEST(SmtpCommand, RcptTo) {
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<bob@example.test>").recipient,
            (Address{"bob", "example.test"}));
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<\"a>b\"@example.test>").recipient.local, "a>b");
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<\"a@b\"@example.test>").recipient,
            (Address{"a@b", "example.test"}));
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<@one.test,@two.test:bob@three.test>").recipient,
            (Address{"bob", "three.test"}));
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<PostMaster>").recipient, (Address{"postmaster", ""}));
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<bob@[127.0.0.1]>").recipient.domain, "[127.0.0.1]");
}

TEST(SmtpCommand, RcptParameters) {
  const RcptTo all =
      parsed<RcptTo>("RCPT TO:<bob@b.test> NOTIFY=success,Delay ORCPT=rfc822;bob+2Bx@b.test");
  EXPECT_EQ(all.notify, "SUCCESS,DELAY");
  EXPECT_EQ(all.orcpt, "rfc822;bob+2Bx@b.test");
  EXPECT_EQ(parsed<RcptTo>("RCPT TO:<b@b.test> ORCPT=utf-8;\\x{D0}@b.test").orcpt,
            "utf-8;\\x{D0}@b.test");
  for (const char* parameter : {"NOTIFY=", "NOTIFY=NEVER,SUCCESS", "NOTIFY=SUCCESS,", "NOTIFY=ALL",
                                "ORCPT=bob", "ORCPT=;bob", "ORCPT=rfc822;", "ORCPT=rfc822;a+b"}) {
    EXPECT_EQ(refused(std::string("RCPT TO:<b@b.test> ") + parameter), "501 5.5.4") << parameter;
  }
  EXPECT_EQ(refused("RCPT TO:<b@b.test> SIZE=1"), "555 5.5.4");
}

TEST(SmtpCommand, Utf8AddressesNeedTheParameter) {
  EXPECT_EQ(refused("MAIL FROM:<\xc3\xbc@b.test>"), "553 5.6.7");
  EXPECT_EQ(parsed<MailFrom>("MAIL FROM:<\xc3\xbc@b.test> SMTPUTF8").sender.local, "\xc3\xbc");
  EXPECT_EQ(refused("MAIL FROM:<\xff@b.test> SMTPUTF8"), "553 5.1.7");
}

TEST(SmtpCommand, ControlCharacters) {
  EXPECT_EQ(refused(std::string("NOOP\0x", 6)), "500 5.5.2");
  EXPECT_EQ(refused("NOOP \x7f"), "500 5.5.2");
  EXPECT_EQ(refused("MAIL FROM:<a\rb@c.test>"), "500 5.5.2");
}

TEST(SmtpCommand, Bdat) {
  EXPECT_EQ(parsed<Bdat>("BDAT 100").size, 100u);
  EXPECT_FALSE(parsed<Bdat>("BDAT 100").last);
  EXPECT_TRUE(parsed<Bdat>("bdat 0 last").last);
  for (const char* line : {"BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 1LAST",
                           "BDAT 99999999999999999999999"}) {
    EXPECT_EQ(refused(line), "501 5.5.4") << line;
  }
}

TEST(SmtpCommand, AuthCommand) {
  EXPECT_EQ(parsed<Auth>("AUTH plain").mechanism, "PLAIN");
  EXPECT_FALSE(parsed<Auth>("AUTH PLAIN").initial);
  EXPECT_EQ(parsed<Auth>("AUTH PLAIN =").initial, "");
  EXPECT_EQ(parsed<Auth>("AUTH PLAIN AGEAYg==").initial, "AGEAYg==");
  EXPECT_EQ(refused("AUTH"), "501 5.5.4");
  EXPECT_EQ(refused("AUTH PLAIN a b"), "501 5.5.4");
}

TEST(SmtpCommand, EveryCutOfALineGetsAnAnswer) {
  const std::string line = "MAIL FROM:<\"a\\\"b\"@b.test> SIZE=1 AUTH=<> ENVID=+41";
  for (std::size_t i = 0; i <= line.size(); ++i) parse_command(line.substr(0, i));
}

TEST(Xtext, BothWays) {
  EXPECT_EQ(to_xtext("a+b=c d"), "a+2Bb+3Dc+20d");
  EXPECT_EQ(from_xtext("a+2Bb+3Dc+20d"), "a+b=c d");
  for (const char* bad : {"+", "+4", "+4g", "a b", "=", "+2b"})
    EXPECT_FALSE(from_xtext(bad)) << bad;
}

}  // namespace
}  // namespace mail::smtp
