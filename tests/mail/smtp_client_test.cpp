#include "mail/smtp_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/dot_stuffing.hpp"
#include "tests/mail/smtp_transcript.hpp"

namespace mail::smtp {
namespace {

using Wants = Client::Wants;
using Security = ClientOptions::Security;
using testing::ElementsAre;

TEST(SmtpClient, SendsWithoutAnyExtension) {
  Client client(plain_options());
  client.send(message_to({"bob@example.test", "carol@example.test"}));
  play(client, R"(
S: 220 old.test ready
C: EHLO client.test
S: 500 What?
C: HELO client.test
S: 250 old.test
C: MAIL FROM:<ann@example.test>
S: 250 OK
C: RCPT TO:<bob@example.test>
S: 250 OK
C: RCPT TO:<carol@example.test>
S: 550 No such user
C: DATA
S: 354 go on
C: Subject: x
C: 
C: hello
C: .
S: 250 queued as 17
)");
  EXPECT_EQ(client.wants(), Wants::kNext);
  EXPECT_THAT(replies(client),
              ElementsAre("250 queued as 17 (the message)", "550 No such user (RCPT)"));
  client.quit();
  play(client, "C: QUIT\nS: 221 bye\n");
  EXPECT_EQ(client.wants(), Wants::kClose);
  EXPECT_FALSE(client.failure());
}

// Postfix 3.7 as it answers.
constexpr const char* kPostfixHello = R"(
S: 220 mail.example.test ESMTP Postfix (Debian/GNU)
C: EHLO client.test
S: 250-mail.example.test
S: 250-PIPELINING
S: 250-SIZE 10240000
S: 250-VRFY
S: 250-ETRN
S: 250-ENHANCEDSTATUSCODES
S: 250-8BITMIME
S: 250-DSN
S: 250-SMTPUTF8
)";

TEST(SmtpClient, PipelinesTheEnvelope) {
  Client client(plain_options());
  auto message = message_to({"bob@example.test", "nobody@example.test"});
  message.ret = "HDRS";
  message.envid = "QQ31";
  message.recipients[0].notify = "SUCCESS,FAILURE";
  message.recipients[0].orcpt = "rfc822;Bob@example.test";
  client.send(std::move(message));
  play(client, std::string(kPostfixHello) + R"(
S: 250 CHUNKS
C: MAIL FROM:<ann@example.test> SIZE=21 RET=HDRS ENVID=QQ31
C: RCPT TO:<bob@example.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Bob@example.test
C: RCPT TO:<nobody@example.test>
C: DATA
S: 250 2.1.0 Ok
S: 250 2.1.5 Ok
S: 550-5.1.1 <nobody@example.test>: Recipient address rejected:
S: 550 5.1.1 User unknown in local recipient table
S: 354 End data with <CR><LF>.<CR><LF>
C: Subject: x
C: 
C: hello
C: .
S: 250 2.0.0 Ok: queued as 4F2B51FF
)");
  EXPECT_THAT(
      replies(client),
      ElementsAre("250 2.0.0 Ok: queued as 4F2B51FF (the message)",
                  "550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown in "
                  "local recipient table (RCPT)"));
}

TEST(SmtpClient, EndsAPipelinedDataThatNobodyWillGet) {
  Client client(plain_options());
  client.send(message_to({"x@example.test"}));
  play(client, std::string(kPostfixHello) + R"(
S: 250 CHUNKS
C: MAIL FROM:<ann@example.test> SIZE=21
C: RCPT TO:<x@example.test>
C: DATA
S: 250 2.1.0 Ok
S: 550 5.1.1 no
S: 354 go on
C: .
S: 554 5.5.1 no valid recipients
)");
  EXPECT_EQ(client.wants(), Wants::kNext);
  EXPECT_THAT(replies(client), ElementsAre("550 5.1.1 no (RCPT)"));
}

TEST(SmtpClient, ResetsAfterARefusedSenderAndGoesOn) {
  Client client(plain_options());
  client.send(message_to({"x@example.test", "y@example.test"}));
  play(client, std::string(kPostfixHello) + R"(
S: 250 CHUNKS
C: MAIL FROM:<ann@example.test> SIZE=21
C: RCPT TO:<x@example.test>
C: RCPT TO:<y@example.test>
C: DATA
S: 451 4.7.1 greylisted
S: 503 5.5.1 need MAIL
S: 503 5.5.1 need MAIL
S: 503 5.5.1 need RCPT
)");
  ASSERT_EQ(client.wants(), Wants::kNext);
  EXPECT_THAT(replies(client),
              ElementsAre("451 4.7.1 greylisted (MAIL)", "451 4.7.1 greylisted (MAIL)"));
  client.send(message_to({"z@example.test"}));
  play(client, R"(
C: RSET
C: MAIL FROM:<ann@example.test> SIZE=21
C: RCPT TO:<z@example.test>
C: DATA
S: 250 2.0.0 Ok
S: 250 2.1.0 Ok
S: 250 2.1.5 Ok
S: 354 go on
C: Subject: x
C: 
C: hello
C: .
S: 250 2.0.0 taken
)");
  EXPECT_THAT(replies(client), ElementsAre("250 2.0.0 taken (the message)"));
}

TEST(SmtpClient, SendsAChunkAsItIs) {
  Client client(plain_options());
  client.send(message_to({"x@example.test"}, "A: b\r\n\r\n.dot\r\n"));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250-CHUNKING
S: 250 PIPELINING
C: MAIL FROM:<ann@example.test>
C: RCPT TO:<x@example.test>
S: 250 ok
S: 250 ok
C: BDAT 14 LAST
C: A: b
C: 
C: .dot
S: 250 taken
)");
  EXPECT_THAT(replies(client), ElementsAre("250 taken (the message)"));
}

TEST(SmtpClient, StuffsDotsAndEndsTheLastLine) {
  Client client(plain_options());
  client.send(message_to({"x@example.test"}, ".a\r\n..\r\nend"));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250 hi
C: MAIL FROM:<ann@example.test>
S: 250 ok
C: RCPT TO:<x@example.test>
S: 250 ok
C: DATA
S: 354 ok
C: ..a
C: ...
C: end
C: .
S: 250 taken
)");
}

TEST(SmtpClient, UpgradesAndForgetsWhatWasSaidInTheClear) {
  ClientOptions options = plain_options();
  options.security = Security::kRequired;
  Client client(options);
  client.send(message_to({"x@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250-SIZE 5
S: 250 STARTTLS
C: STARTTLS
S: 220 go
TLS
C: EHLO client.test
S: 250-hi
S: 250 SIZE 1000
C: MAIL FROM:<ann@example.test> SIZE=21
)");
  EXPECT_EQ(client.extensions().limit, 1000u);
}

TEST(SmtpClient, SendsNothingWhereTlsIsRequiredAndMissing) {
  ClientOptions options = plain_options();
  options.security = Security::kRequired;
  options.login = Login{"ann", "secret"};
  Client client(options);
  client.send(message_to({"x@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250 AUTH PLAIN
C: QUIT
S: 221 bye
)");
  EXPECT_EQ(client.wants(), Wants::kClose);
  ASSERT_TRUE(client.failure());
  EXPECT_EQ(client.failure()->stage, Stage::kStartTls);
  EXPECT_THAT(replies(client),
              ElementsAre("451 4.7.4 The server does not offer STARTTLS (local, STARTTLS)"));
}

TEST(SmtpClient, TlsIfOfferedGoesOnWhenItIsRefused) {
  ClientOptions options = plain_options();
  options.security = Security::kIfOffered;
  Client client(options);
  client.send(message_to({"x@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250 STARTTLS
C: STARTTLS
S: 454 4.7.0 TLS not available
C: MAIL FROM:<ann@example.test>
)");
}

ClientOptions login_options() {
  ClientOptions options = plain_options();
  options.security = Security::kDone;
  options.login = Login{"ann", "secret"};
  return options;
}

TEST(SmtpClient, LogsInWithPlain) {
  Client client(login_options());
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250 AUTH PLAIN
C: AUTH PLAIN AGFubgBzZWNyZXQ=
S: 235 2.7.0 welcome
)");
  EXPECT_EQ(client.wants(), Wants::kNext);
  EXPECT_FALSE(client.failure());
}

TEST(SmtpClient, ReportsARefusedLogin) {
  Client client(login_options());
  client.send(message_to({"x@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250 AUTH=PLAIN
C: AUTH PLAIN AGFubgBzZWNyZXQ=
S: 535 5.7.8 wrong
C: QUIT
S: 221 bye
)");
  ASSERT_TRUE(client.failure());
  EXPECT_EQ(client.failure()->stage, Stage::kAuth);
  EXPECT_FALSE(client.failure()->local);
  EXPECT_THAT(replies(client), ElementsAre("535 5.7.8 wrong (AUTH)"));
}

TEST(SmtpClient, NeverShowsThePasswordToAPlainWire) {
  ClientOptions options = login_options();
  options.security = Security::kIfOffered;
  Client client(options);
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250 AUTH PLAIN LOGIN
C: QUIT
S: 221 bye
)");
  ASSERT_TRUE(client.failure());
  EXPECT_EQ(to_line(client.failure()->reply),
            "504 5.5.4 The server offers no login that is safe here");
}

TEST(SmtpClient, RefusesHereWhatTheServerCannotTake) {
  Client client(plain_options());
  client.send(message_to({"x@example.test", "박@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250-SIZE 30
S: 250 PIPELINING
C: MAIL FROM:<ann@example.test> SIZE=21
C: RCPT TO:<x@example.test>
C: DATA
S: 250 ok
S: 250 ok
S: 354 ok
C: Subject: x
C: 
C: hello
C: .
S: 250 taken
)");
  EXPECT_THAT(replies(client),
              ElementsAre("250 taken (the message)",
                          "550 5.6.7 The server does not take UTF-8 addresses (local, RCPT)"));
  const std::string large(31, 'x');
  client.send(message_to({"x@example.test"}, large));
  play(client, "");
  EXPECT_EQ(client.wants(), Wants::kNext);
  EXPECT_THAT(replies(client), ElementsAre("552 5.3.4 The message has 31 octets, the server takes "
                                           "30 (local, MAIL)"));
  client.send(message_to({"x@example.test"}, "a\xc3\xa9\r\n"));
  EXPECT_THAT(
      replies(client),
      ElementsAre("554 5.6.3 The server does not take 8-bit content, and the message can't be "
                  "converted: its header has octets that only a newer server takes (local, "
                  "MAIL)"));
  EXPECT_TRUE(client.outcomes()[0].host_lacks);
}

TEST(SmtpClient, KeepsCommandsOnOneLine) {
  Client client(plain_options());
  play(client, "S: 220 hi\nC: EHLO client.test\nS: 250-hi\nS: 250 DSN\n");
  auto message = message_to({"x@example.test"});
  message.envid = "a\r\nDATA";
  client.send(message);
  EXPECT_EQ(client.outcomes()[0].reply.code, 501);
  message.envid = "";
  message.recipients[0].address.local = "x>\r\nDATA\r\n";
  client.send(message);
  EXPECT_EQ(client.outcomes()[0].reply.code, 501);
  EXPECT_EQ(drain(client), "");
}

TEST(SmtpClient, A421EndsEverything) {
  Client client(plain_options());
  client.send(message_to({"x@example.test", "y@example.test"}));
  play(client, std::string(kPostfixHello) + R"(
S: 250 CHUNKS
C: MAIL FROM:<ann@example.test> SIZE=21
C: RCPT TO:<x@example.test>
C: RCPT TO:<y@example.test>
C: DATA
S: 250 2.1.0 Ok
S: 550 5.1.1 no
S: 421 4.3.2 shutting down
)");
  EXPECT_EQ(client.wants(), Wants::kClose);
  EXPECT_THAT(replies(client),
              ElementsAre("550 5.1.1 no (RCPT)", "421 4.3.2 shutting down (RCPT)"));
  client.send(message_to({"z@example.test"}));
  EXPECT_THAT(replies(client), ElementsAre("451 4.4.2 The session is closed (local, MAIL)"));
}

TEST(SmtpClient, ALostConnectionDefersWhatWasNotDecided) {
  Client refused(plain_options());
  refused.send(message_to({"x@example.test"}));
  refused.lost("connection refused");
  EXPECT_THAT(replies(refused), ElementsAre("451 4.4.1 connection refused (local, connecting)"));
  EXPECT_EQ(refused.failure()->stage, Stage::kConnect);

  Client client(plain_options());
  client.send(message_to({"x@example.test"}));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250 hi
C: MAIL FROM:<ann@example.test>
S: 250 ok
C: RCPT TO:<x@example.test>
S: 250 ok
C: DATA
S: 354 ok
C: Subject: x
C: 
C: hello
C: .
)");
  client.lost("reset by peer");
  EXPECT_EQ(client.wants(), Wants::kClose);
  EXPECT_THAT(replies(client), ElementsAre("451 4.4.2 reset by peer (the message may have been "
                                           "taken) (local, the message)"));
}

TEST(SmtpClient, NonsenseFromTheServerEndsTheSession) {
  for (const char* line : {"SSH-2.0-OpenSSH_9.2", "", "25", "\xff\xfe", "999 hm"}) {
    Client client(plain_options());
    client.send(message_to({"x@example.test"}));
    client.receive(line);
    EXPECT_EQ(client.wants(), Wants::kClose) << line;
    EXPECT_TRUE(client.outcomes()[0].reply.transient()) << line;
  }
}

TEST(SmtpClient, AnEndlessReplyIsCutOff) {
  Client client(plain_options());
  for (int i = 0; i < 100000 && client.wants() == Wants::kLine; ++i) client.receive("220-more");
  EXPECT_EQ(client.wants(), Wants::kClose);
}

TEST(SmtpClient, AThousandRecipientsKeepAtMostAWindowUnanswered) {
  Client client(plain_options());
  OutgoingMessage message = message_to({});
  for (int i = 0; i < 1000; ++i) {
    message.recipients.push_back({{"r" + std::to_string(i), "example.test"}, "", ""});
  }
  client.send(std::move(message));
  client.receive("220 hi");
  drain(client);
  client.receive("250-hi");
  client.receive("250 PIPELINING");
  std::string written = drain(client);
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 100);
  int replies_given = 0;
  for (; client.wants() == Wants::kLine && replies_given < 1001; ++replies_given) {
    client.receive("250 ok");
    written += drain(client);
  }
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1002);
  client.receive("354 go on");
  drain(client);
  client.receive("250 taken");
  EXPECT_EQ(client.wants(), Wants::kNext);
  for (const auto& outcome : client.outcomes()) EXPECT_TRUE(outcome.reply.positive());
}

TEST(SmtpClient, ALargeMessageGoesInPieces) {
  std::string content;
  while (content.size() < 300000) content += ".line of text\r\n";
  Client client(plain_options());
  client.send(message_to({"x@example.test"}, content));
  for (const char* reply : {"220 hi", "250 hi", "250 ok", "250 ok", "354 ok"}) {
    drain(client);
    client.receive(reply);
  }
  std::string written;
  while (!client.output().empty()) {
    EXPECT_LT(client.output().size(), 200000u);
    written += client.output();
    client.written();
  }
  EXPECT_EQ(written, dot_stuff(content));
}

}  // namespace
}  // namespace mail::smtp
