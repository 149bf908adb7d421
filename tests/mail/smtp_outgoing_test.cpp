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

TEST(SmtpOutgoing, KnowsBodies) {
  EXPECT_EQ(body_type("a\r\nb"), BodyType::k7Bit);
  EXPECT_EQ(body_type("a\xc3\xa9\r\n"), BodyType::k8BitMime);
  for (std::string_view text : {std::string_view("a\0b", 3), std::string_view("\n"),
                                std::string_view("a\rb"), std::string_view("a\r")}) {
    EXPECT_EQ(body_type(text), BodyType::kBinaryMime);
  }
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
  auto utf8 = from({}, "");
  utf8.smtputf8 = true;
  EXPECT_EQ(mail_line(utf8, Extensions{}).error().enhanced, "5.6.7");
  EXPECT_EQ(mail_line(from({}, "\x80"), Extensions{}).error().enhanced, "5.6.3");
  Extensions no_chunks = everything();
  no_chunks.chunking = false;
  EXPECT_EQ(mail_line(from({}, "\n"), no_chunks).error().enhanced, "5.6.3");
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
