// Messages with more recipients than a transaction takes, over LMTP, and under REQUIRETLS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mail/smtp_transcript.hpp"

namespace mail::smtp {
namespace {

using testing::ElementsAre;

// 452 with 4.5.3, 452 without a code, 552 of an old server.
class TooManyRecipients : public testing::TestWithParam<const char*> {};

TEST_P(TooManyRecipients, GoInAnotherTransactionAtOnce) {
  Client client(plain_options());
  client.send(message_to({"a@x.test", "b@x.test", "c@x.test"}));
  play(client, std::string(R"(
S: 220 hi
C: EHLO client.test
S: 250-hi
S: 250 PIPELINING
C: MAIL FROM:<ann@example.test>
C: RCPT TO:<a@x.test>
C: RCPT TO:<b@x.test>
C: RCPT TO:<c@x.test>
C: DATA
S: 250 ok
S: 250 ok
S: )") + GetParam() +
                   "\nS: " + GetParam() + R"(
S: 354 go
C: Subject: x
C: 
C: hello
C: .
S: 250 first
C: MAIL FROM:<ann@example.test>
C: RCPT TO:<b@x.test>
C: RCPT TO:<c@x.test>
C: DATA
S: 250 ok
S: 250 ok
S: )" + GetParam() +
                   R"(
S: 354 go
C: Subject: x
C: 
C: hello
C: .
S: 250 second
C: MAIL FROM:<ann@example.test>
C: RCPT TO:<c@x.test>
C: DATA
S: 250 ok
S: 250 ok
S: 354 go
C: Subject: x
C: 
C: hello
C: .
S: 250 third
)");
  EXPECT_EQ(client.wants(), Client::Wants::kNext);
  EXPECT_THAT(replies(client), ElementsAre("250 first (the message)", "250 second (the message)",
                                           "250 third (the message)"));
}

INSTANTIATE_TEST_SUITE_P(SmtpDialogue, TooManyRecipients,
                         testing::Values("452 4.5.3 too many", "452 too many", "552 too many",
                                         "451 4.5.3 enough"));

TEST(SmtpDialogue, AFullMailboxIsNotTooMany) {
  Client client(plain_options());
  client.send(message_to({"a@x.test", "b@x.test", "c@x.test"}));
  for (const char* line : {"220 hi", "250 hi", "250 ok", "250 ok", "452 4.2.2 full",
                           "552 5.2.2 full", "354 go", "250 taken"}) {
    drain(client);
    client.receive(line);
  }
  EXPECT_THAT(replies(client), ElementsAre("250 taken (the message)", "452 4.2.2 full (RCPT)",
                                           "552 5.2.2 full (RCPT)"));
}

TEST(SmtpDialogue, TooManyWaitWhereTheMessageWasNotTaken) {
  Client client(plain_options());
  client.send(message_to({"a@x.test", "b@x.test"}));
  for (const char* line :
       {"220 hi", "250 hi", "250 ok", "250 ok", "552 too many", "354 go", "451 4.3.0 later"}) {
    drain(client);
    client.receive(line);
  }
  EXPECT_EQ(client.wants(), Client::Wants::kNext);
  EXPECT_THAT(replies(client),
              ElementsAre("451 4.3.0 later (the message)", "452 4.5.3 552 too many (RCPT)"));
}

TEST(SmtpDialogue, WhoWasNotNamedYetIsNotInDoubt) {
  Client client(plain_options());
  client.send(message_to({"a@x.test", "b@x.test"}));
  for (const char* line : {"220 hi", "250 hi", "250 ok", "250 ok", "452 too many", "354 go"}) {
    drain(client);
    client.receive(line);
  }
  drain(client);
  client.lost("reset");
  EXPECT_TRUE(client.outcomes()[0].unknown);
  EXPECT_FALSE(client.outcomes()[1].unknown);
}

ClientOptions lmtp_options() {
  ClientOptions options = plain_options();
  options.protocol = ClientOptions::Protocol::kLmtp;
  return options;
}

TEST(SmtpDialogue, LmtpHasAReplyForEachRecipient) {
  Client client(lmtp_options());
  client.send(message_to({"a@x.test", "b@x.test", "c@x.test", "d@x.test"}));
  play(client, R"(
S: 220 hi
C: LHLO client.test
S: 250-hi
S: 250 PIPELINING
C: MAIL FROM:<ann@example.test>
C: RCPT TO:<a@x.test>
C: RCPT TO:<b@x.test>
C: RCPT TO:<c@x.test>
C: RCPT TO:<d@x.test>
C: DATA
S: 250 ok
S: 250 ok
S: 550 5.1.1 no
S: 250 ok
S: 250 ok
S: 354 go
C: Subject: x
C: 
C: hello
C: .
S: 250 2.0.0 a has it
S: 452 4.2.2 c is full
S: 554 5.6.0 not for d
)");
  EXPECT_EQ(client.wants(), Client::Wants::kNext);
  EXPECT_THAT(
      replies(client),
      ElementsAre("250 2.0.0 a has it (the message)", "550 5.1.1 no (RCPT)",
                  "452 4.2.2 c is full (the message)", "554 5.6.0 not for d (the message)"));
}

TEST(SmtpDialogue, LmtpInChunks) {
  Client client(lmtp_options());
  client.send(message_to({"a@x.test", "b@x.test"}, "A: b\r\n"));
  play(client, R"(
S: 220 hi
C: LHLO client.test
S: 250-hi
S: 250 CHUNKING
C: MAIL FROM:<ann@example.test>
S: 250 ok
C: RCPT TO:<a@x.test>
S: 250 ok
C: RCPT TO:<b@x.test>
S: 250 ok
C: BDAT 6 LAST
C: A: b
S: 250 a
S: 250 b
)");
  EXPECT_THAT(replies(client), ElementsAre("250 a (the message)", "250 b (the message)"));
}

TEST(SmtpDialogue, LmtpLostBetweenTwoReplies) {
  Client client(lmtp_options());
  client.send(message_to({"a@x.test", "b@x.test"}));
  for (const char* line : {"220 hi", "250 hi", "250 ok", "250 ok", "250 ok", "354 go", "250 a"}) {
    drain(client);
    client.receive(line);
  }
  client.lost("reset");
  EXPECT_FALSE(client.outcomes()[0].unknown);
  EXPECT_EQ(client.outcomes()[0].reply.code, 250);
  EXPECT_TRUE(client.outcomes()[1].unknown);
  EXPECT_TRUE(client.outcomes()[1].reply.transient());
}

TEST(SmtpDialogue, LmtpHasNoHelo) {
  Client client(lmtp_options());
  client.send(message_to({"a@x.test"}));
  for (const char* line : {"220 hi", "500 What?"}) {
    drain(client);
    client.receive(line);
  }
  EXPECT_EQ(drain(client), "QUIT\r\n");
  EXPECT_EQ(client.failure()->stage, Stage::kHello);
}

TEST(SmtpDialogue, LmtpForNobodyEndsTheSession) {
  Client client(lmtp_options());
  client.send(message_to({"a@x.test"}));
  for (const char* line : {"220 hi", "250-hi", "250 PIPELINING", "250 ok", "550 no", "354 go"}) {
    drain(client);
    client.receive(line);
  }
  EXPECT_EQ(client.wants(), Client::Wants::kClose);
  EXPECT_THAT(replies(client), ElementsAre("550 no (RCPT)"));
}

/// The outcome of a message with REQUIRETLS at a server that says `keyword`.
RecipientOutcome requiretls(ServerIdentity identity, const std::string& keyword) {
  ClientOptions options = plain_options();
  options.security = ClientOptions::Security::kIfOffered;
  Client client(options);
  OutgoingMessage message = message_to({"a@x.test"});
  message.requiretls = true;
  client.send(message);
  play(client,
       "S: 220 hi\nC: EHLO client.test\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n");
  client.encrypted({}, identity);
  drain(client);
  client.receive("250-hi");
  client.receive("250 " + keyword);
  const std::string said = drain(client);
  EXPECT_EQ(said.find("REQUIRETLS") != std::string::npos, said.find("MAIL") != std::string::npos);
  if (client.wants() == Client::Wants::kLine) client.lost("end of test");
  return client.outcomes()[0];
}

TEST(SmtpDialogue, RequiretlsNeedsAProvenServerThatHasIt) {
  EXPECT_EQ(requiretls(ServerIdentity::kVerified, "REQUIRETLS").reply.code, 451);
  const RecipientOutcome unproven = requiretls(ServerIdentity::kUnknown, "REQUIRETLS");
  EXPECT_EQ(to_line(unproven.reply),
            "550 5.7.30 REQUIRETLS support required: the server has not proved who it is");
  EXPECT_TRUE(unproven.host_lacks);
  EXPECT_EQ(to_line(requiretls(ServerIdentity::kVerified, "SIZE").reply),
            "550 5.7.30 REQUIRETLS support required: the server does not offer it");
}

TEST(SmtpDialogue, RequiretlsInTheClearIsRefused) {
  Client client(plain_options());
  OutgoingMessage message = message_to({"a@x.test"});
  message.requiretls = true;
  client.send(message);
  play(client, "S: 220 hi\nC: EHLO client.test\nS: 250 REQUIRETLS\n");
  EXPECT_THAT(
      replies(client),
      ElementsAre("550 5.7.30 REQUIRETLS support required: the server was not reached by TLS "
                  "(local, MAIL)"));
}

TEST(SmtpDialogue, ConvertsForAServerFromBefore8BitMime) {
  Client client(plain_options());
  client.send(message_to({"a@x.test"},
                         "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                         "A text with a caf\xc3\xa9 in it\r\n"));
  play(client, R"(
S: 220 hi
C: EHLO client.test
S: 250 hi
C: MAIL FROM:<ann@example.test>
S: 250 ok
C: RCPT TO:<a@x.test>
S: 250 ok
C: DATA
S: 354 go
C: MIME-Version: 1.0
C: Content-Type: text/plain; charset=utf-8
C: Content-Transfer-Encoding: quoted-printable
C: 
C: A text with a caf=C3=A9 in it
C: .
S: 250 taken
)");
}

// A driver that can't write any more reads what the server said before it hung up.
RecipientOutcome answered_early(const char* reply) {
  std::string content;
  while (content.size() < 300000) content += "a line of text\r\n";
  Client client(plain_options());
  client.send(message_to({"a@x.test"}, content));
  for (const char* line : {"220 hi", "250 hi", "250 ok", "250 ok", "354 go"}) {
    drain(client);
    client.receive(line);
  }
  client.written();
  EXPECT_FALSE(client.output().empty());
  client.receive(reply);
  client.lost("reset");
  EXPECT_EQ(client.wants(), Client::Wants::kClose);
  return client.outcomes()[0];
}

TEST(SmtpDialogue, ARefusalInTheMiddleOfAMessageCounts) {
  EXPECT_EQ(to_line(answered_early("552 5.3.4 too large").reply), "552 5.3.4 too large");
  EXPECT_EQ(to_line(answered_early("421 4.3.2 closing").reply), "421 4.3.2 closing");
  EXPECT_EQ(to_line(answered_early("250 thanks").reply), "451 4.5.0 Unexpected reply: 250 thanks");
}

}  // namespace
}  // namespace mail::smtp
