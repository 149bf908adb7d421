#include "mail/smtp_outgoing.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

Extensions everything() {
  Extensions e;
  e.pipelining = e.chunking = e.binarymime = e.eightbitmime = e.smtputf8 = e.dsn = e.size = true;
  return e;
}

OutgoingMessage from(Address sender, std::string_view content) {
  OutgoingMessage message;
  message.sender = std::move(sender);
  message.content = content;
  return message;
}

Result<std::string, Reply> mail_line(const OutgoingMessage& message, const Extensions& extensions) {
  const auto fitted = fit(message, extensions);
  if (!fitted) return unexpected(fitted.error());
  return mail_line(message, *fitted, extensions);
}

TEST(SmtpOutgoing, WritesMail) {
  EXPECT_EQ(mail_line(from({}, "x\r\n"), everything()), "MAIL FROM:<> SIZE=3");
  EXPECT_EQ(mail_line(from({"a b", "x.test"}, "\x80\r\n"), everything()),
            "MAIL FROM:<\"a b\"@x.test> SIZE=3 BODY=8BITMIME");
  EXPECT_EQ(mail_line(from({"박", "x.test"}, std::string_view("\0", 1)), everything()),
            "MAIL FROM:<박@x.test> SIZE=1 BODY=BINARYMIME SMTPUTF8");
  EXPECT_EQ(mail_line(from({}, ""), Extensions{}), "MAIL FROM:<>");
}

TEST(SmtpOutgoing, ARecipientInUtf8AsksForSmtputf8AtMail) {
  auto message = from({"a", "x.test"}, "");
  message.recipients.push_back({{"박", "y.test"}, "", ""});
  EXPECT_EQ(mail_line(message, everything()), "MAIL FROM:<a@x.test> SIZE=0 SMTPUTF8");
}

TEST(SmtpOutgoing, SpellsADomainInAsciiForOldServers) {
  EXPECT_EQ(rcpt_line({{"bob", "bücher.test"}, "", ""}, Extensions{}),
            "RCPT TO:<bob@xn--bcher-kva.test>");
  EXPECT_EQ(rcpt_line({{"bøb", "bücher.test"}, "", ""}, Extensions{}).error().enhanced, "5.6.7");
}

TEST(SmtpOutgoing, LeavesDsnOutWhereItIsUnknown) {
  const OutgoingRecipient bob{{"bob", "x.test"}, "NEVER", "rfc822;bob@x.test"};
  EXPECT_EQ(rcpt_line(bob, Extensions{}), "RCPT TO:<bob@x.test>");
  EXPECT_EQ(rcpt_line(bob, everything()),
            "RCPT TO:<bob@x.test> NOTIFY=NEVER ORCPT=rfc822;bob@x.test");
}

TEST(SmtpOutgoing, SaysWhatTheServerLacks) {
  auto utf8 = from({}, "Subject: \xc3\xa9\r\n");
  utf8.smtputf8 = true;
  EXPECT_EQ(mail_line(utf8, Extensions{}).error().enhanced, "5.6.7");
  EXPECT_EQ(mail_line(from({}, "\x80"), Extensions{}).error().enhanced, "5.6.3");
  Extensions no_chunks = everything();
  no_chunks.chunking = false;
  EXPECT_EQ(mail_line(from({}, "\n"), no_chunks).error().enhanced, "5.6.3");
}

constexpr std::string_view kLatin =
    "Content-Type: text/plain; charset=iso-8859-1\r\n"
    "MIME-Version: 1.0\r\n\r\n\xe9\r\n";

TEST(SmtpOutgoing, ConvertsWhatTheServerLacks) {
  auto message = from({"a", "x.test"}, kLatin);
  Extensions with_size;
  with_size.size = true;
  const auto fitted = fit(message, with_size);
  ASSERT_TRUE(fitted);
  EXPECT_EQ(fitted->converted,
            "Content-Type: text/plain; charset=iso-8859-1\r\nMIME-Version: 1.0\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n6Q0K\r\n");
  EXPECT_EQ(mail_line(message, with_size),
            "MAIL FROM:<a@x.test> SIZE=" + std::to_string(fitted->converted->size()));
}

TEST(SmtpOutgoing, CountsTheHead) {
  auto message = from({}, "A: b\r\n\r\n");
  message.head = "Delivered-To: c@x.test\r\n";
  EXPECT_EQ(mail_line(message, everything()), "MAIL FROM:<> SIZE=32");
  Extensions small = everything();
  small.limit = 31;
  EXPECT_EQ(mail_line(message, small).error(),
            Reply(552, "5.3.4", "The message has 32 octets, the server takes 31"));
}

TEST(SmtpOutgoing, ALongLineIsBinary) {
  const std::string content = "A: b\r\n\r\n" + std::string(999, 'x') + "\r\n";
  EXPECT_EQ(mail_line(from({}, content), everything()), "MAIL FROM:<> SIZE=1009 BODY=BINARYMIME");
  Extensions old = everything();
  old.binarymime = false;
  const auto fitted = fit(from({}, content), old);
  ASSERT_TRUE(fitted && fitted->converted);
  EXPECT_EQ(fitted->body, BodyType::k7Bit);
}

TEST(SmtpOutgoing, DoesNotAskForSmtputf8InVain) {
  auto message = from({"a", "x.test"}, kLatin);
  message.smtputf8 = true;
  Extensions eight;
  eight.eightbitmime = true;
  EXPECT_EQ(mail_line(message, eight), "MAIL FROM:<a@x.test> BODY=8BITMIME");
  message.content = "Subject: \xed\x8c\x8c\r\n\r\n";
  EXPECT_EQ(mail_line(message, eight).error().enhanced, "5.6.7");
  message.content = "A: b\r\n\r\n";
  message.head = "Delivered-To: \xed\x8c\x8c@x.test\r\n";
  EXPECT_EQ(mail_line(message, eight).error().enhanced, "5.6.7");
}

TEST(SmtpOutgoing, PassesRequiretlsOn) {
  auto message = from({}, "");
  message.requiretls = true;
  Extensions server;
  EXPECT_EQ(mail_line(message, server), "MAIL FROM:<>");
  server.requiretls = true;
  EXPECT_EQ(mail_line(message, server), "MAIL FROM:<> REQUIRETLS");
}

TEST(SmtpOutgoing, SpellsAnOriginalRecipientInAscii) {
  Extensions server;
  server.dsn = true;
  const OutgoingRecipient pa{
      {"bob", "x.test"}, "", "utf-8;\xed\x8c\x8c\xc3\xa9\xf0\x9f\x93\xac@x.test"};
  EXPECT_EQ(rcpt_line(pa, server),
            "RCPT TO:<bob@x.test> ORCPT=utf-8;\\x{D30C}\\x{E9}\\x{1F4EC}@x.test");
  EXPECT_EQ(rcpt_line(pa, everything()), "RCPT TO:<bob@x.test> ORCPT=" + pa.orcpt);
  EXPECT_EQ(rcpt_line({{"bob", "x.test"}, "", "utf-8;\xff@x.test"}, server),
            "RCPT TO:<bob@x.test>");
}

TEST(SmtpOutgoing, LetsNothingBecomeASecondParameter) {
  EXPECT_FALSE(rcpt_line({{"b", "x.test"}, "NEVER ORCPT=y", ""}, everything()));
  EXPECT_FALSE(rcpt_line({{"b", "x.test\r\nQUIT"}, "", ""}, everything()));
  auto message = from({}, "");
  message.ret = "FULL AUTH=<>";
  EXPECT_FALSE(mail_line(message, everything()));
}

}  // namespace
}  // namespace mail::smtp
