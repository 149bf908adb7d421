#include "smtpd/daemon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include "mailstore/errors.hpp"
#include "tests/dialogs/client.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

using testing::HasSubstr;

/// Says the lines one by one and gives the last reply line.
std::string speak(std::uint16_t port, const std::vector<std::string>& lines) {
  dialogs::Client client(port);
  std::string reply = client.read_line().value();
  for (const std::string& line : lines) {
    client.send(line + "\r\n");
    do {
      reply = client.read_line().value_or("closed");
    } while (reply.size() > 3 && reply[3] == '-');
  }
  return reply;
}

const std::vector<std::string> kToBob = {"EHLO client.test", "MAIL FROM:<carol@elsewhere.test>",
                                         "RCPT TO:<bob@example.test>", "DATA",
                                         "Subject: x\r\n\r\n."};

TEST(Daemon, FromOneDomainToAnother) {
  MailDomain ours;
  MailDomain other("other.test");
  other.add_user("bob", "secret");
  ours.add_user("alice", "secret");
  ASSERT_TRUE(ours.directory().add_alias("bob@example.test", {"bob@other.test"}));
  ours.settings.relay.smarthost = conf::Endpoint{"127.0.0.1", other.port("mx")};
  EXPECT_THAT(speak(ours.port("mx"), kToBob), HasSubstr("250 2.0.0 Queued"));
  const std::string message = other.wait_for_message("bob", 1);
  EXPECT_THAT(message, HasSubstr("by mail.other.test (Pabal) with ESMTPS"));
  EXPECT_THAT(message, HasSubstr("by mail.example.test (Pabal) with ESMTP\r\n"));
  EXPECT_TRUE(ours.wait_for_queue(0));
}

TEST(Daemon, WhatTheOtherSideRefusesBounces) {
  MailDomain ours;
  MailDomain other("other.test");
  ours.add_user("alice", "secret");
  ASSERT_TRUE(ours.directory().add_alias("bob@example.test", {"nobody@other.test"}));
  ours.settings.relay.smarthost = conf::Endpoint{"127.0.0.1", other.port("mx")};
  std::vector<std::string> lines = kToBob;
  lines[1] = "MAIL FROM:<alice@example.test>";
  EXPECT_THAT(speak(ours.port("mx"), lines), HasSubstr("250 2.0.0 Queued"));
  const std::string bounce = ours.wait_for_message("alice", 1);
  EXPECT_THAT(bounce, HasSubstr("Return-Path: <>\r\n"));
  EXPECT_THAT(bounce, HasSubstr("Action: failed\r\nStatus: 5.1.1\r\n"));
  EXPECT_THAT(bounce, HasSubstr("Diagnostic-Code: smtp;550 5.1.1 <nobody@other.test>"));
  EXPECT_TRUE(ours.wait_for_queue(0));
}

TEST(Daemon, WhatIsQueuedSurvivesARestart) {
  MailDomain ours;
  ours.add_user("alice", "secret");
  ours.settings.relay.retry_first = conf::seconds(1);
  ASSERT_TRUE(ours.directory().add_alias("bob@example.test", {"bob@other.test"}));
  EXPECT_THAT(speak(ours.port("mx"), kToBob), HasSubstr("250 2.0.0 Queued"));
  EXPECT_TRUE(eventually([&] { return ours.queue().at(0).recipients.at(0).attempts > 0; }));
  ours.stop();
  MailDomain other("other.test");
  other.add_user("bob", "secret");
  ours.settings.relay.smarthost = conf::Endpoint{"127.0.0.1", other.port("mx")};
  ours.start();
  other.wait_for_message("bob", 1);
  EXPECT_TRUE(ours.wait_for_queue(0));
}

TEST(Daemon, ASecondStartSaysWhoHoldsTheData) {
  MailDomain ours;
  ours.start();
  try {
    Daemon second(ours.settings);
    FAIL() << "it started";
  } catch (const mailstore::StoreError& error) {
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(::getpid())));
  }
}

TEST(Daemon, APortInUseIsNamed) {
  MailDomain ours;
  const std::uint16_t port = ours.port("mx");
  MailDomain other("other.test");
  other.settings.smtp.listen = {{"127.0.0.1", port}};
  try {
    other.start();
    FAIL() << "it started";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(port)));
  }
}

TEST(Daemon, ChecksCertificates) {
  MailDomain ours;
  EXPECT_NO_THROW(check(ours.settings));
  ours.settings.tls.key = "/nonexistent.pem";
  EXPECT_THROW(check(ours.settings), std::runtime_error);
}

TEST(Daemon, UsersAddedLaterAreKnown) {
  MailDomain ours;
  ours.start();
  ours.add_user("bob", "secret");
  EXPECT_THAT(speak(ours.port("mx"), kToBob), HasSubstr("250 2.0.0 Queued"));
  ours.wait_for_message("bob", 1);
}

}  // namespace
}  // namespace smtpd
