#include "smtpd/forward.hpp"

#include <gmock/gmock.h>

#include "tests/dialogs/client.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::int64_t kForwardedAt = 1'795'000'000;

class ForwarderTest : public testing::Test {
 protected:
  ForwarderTest() {
    directory.add_domain("example.test");
    directory.add_account("alice@example.test", "secret");
    directory.set_forwarding("alice@example.test", {{"alice@elsewhere.test"}, Copy::kKept});
    forwarder.emplace(directory);
    recipient.address = {"alice", "elsewhere.test"};
    recipient.original = recipient.forwarded_by = "alice@example.test";
    message.sender = {"carol", "second.test"};
  }
  using Copy = mailstore::Forwarding::Copy;
  mail::Address sender() { return forwarder->sender(message, recipient, kForwardedAt); }

  tests::TemporaryFolder folder;
  mailstore::Directory directory{folder.path() / "domain.db"};
  std::optional<Forwarder> forwarder;
  mailstore::QueuedMessage message;
  mailstore::QueuedRecipient recipient;
};

TEST_F(ForwarderTest, RewritesWhatIsForwardedForOthers) {
  EXPECT_THAT(sender().to_string(), StartsWith("SRS0="));
  EXPECT_EQ(sender().domain, "example.test");
  const auto back = forwarder->resolve(sender(), kForwardedAt);
  ASSERT_EQ(back.remote.size(), 1u);
  EXPECT_EQ(back.remote[0].address, message.sender);
  EXPECT_EQ(back.remote[0].by, sender().to_string());
  EXPECT_TRUE(back.domain_is_local);
}

TEST_F(ForwarderTest, LeavesOurOwnAndNobodyAndWhatIsNotForwarded) {
  message.sender = {"bob", "EXAMPLE.test"};
  EXPECT_EQ(sender(), message.sender);
  message.sender = {};
  EXPECT_TRUE(sender().is_null());
  message.sender = {"carol", "second.test"};
  recipient.forwarded_by.clear();
  EXPECT_EQ(sender(), message.sender);
}

TEST_F(ForwarderTest, ForgedAddressesLeadNowhereDespiteACatchAll) {
  ASSERT_TRUE(directory.add_alias("@example.test", {"alice@example.test"}));
  mail::Address forged = sender();
  forged.local[5] = forged.local[5] == 'A' ? 'B' : 'A';
  const auto nowhere = forwarder->resolve(forged, kForwardedAt);
  EXPECT_TRUE(nowhere.domain_is_local);
  EXPECT_FALSE(nowhere.known());
  EXPECT_FALSE(forwarder->resolve(sender(), kForwardedAt + 30 * 24 * 3600).known());
  EXPECT_FALSE(
      forwarder->resolve({"SRS0=A=B=c=d", "elsewhere.test"}, kForwardedAt).domain_is_local);
}

TEST_F(ForwarderTest, ADomainThatBecameOursMeanwhile) {
  const mail::Address rewritten = sender();
  directory.add_domain("second.test");
  const auto carol = directory.add_account("carol@second.test", "secret")->id;
  EXPECT_EQ(forwarder->resolve(rewritten, kForwardedAt).accounts,
            std::vector<mailstore::AccountId>{carol});
}

TEST_F(ForwarderTest, HeadNamesTheWay) {
  EXPECT_EQ(forward_head(message, recipient), "Delivered-To: alice@example.test\r\n");
  recipient.original = "team@example.test";
  EXPECT_EQ(forward_head(message, recipient),
            "Delivered-To: alice@example.test\r\nDelivered-To: team@example.test\r\n");
  recipient.original = "\xed\x95\x9c@example.test";
  EXPECT_EQ(forward_head(message, recipient), "Delivered-To: alice@example.test\r\n");
  message.smtputf8 = true;
  EXPECT_THAT(forward_head(message, recipient), HasSubstr("\xed\x95\x9c"));
  recipient.forwarded_by.clear();
  EXPECT_EQ(forward_head(message, recipient), "");
}

// What follows is forwarding as a whole, between two real servers.

/// Says the lines one by one and gives the last reply line.
std::string answers_to(std::uint16_t port, const std::vector<std::string>& lines) {
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

std::vector<std::string> letter(const std::string& sender, const std::string& recipient) {
  return {"EHLO client.test", "MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">", "DATA",
          "Subject: x\r\n\r\n."};
}

std::string return_path(const std::string& message) {
  const std::size_t begin = message.find('<') + 1;
  return message.substr(begin, message.find('>') - begin);
}

class ForwardingTest : public testing::Test {
 protected:
  ForwardingTest() {
    ours.add_user("alice", "secret");
    other.add_user("alice", "secret");
    other.add_user("carol", "secret");
    ours.settings.relay.smarthost = conf::Endpoint{"127.0.0.1", other.port("mx")};
    forward({"alice@other.test"}, mailstore::Forwarding::Copy::kKept);
  }
  void forward(std::vector<std::string> targets, mailstore::Forwarding::Copy copy) {
    ASSERT_TRUE(ours.directory().set_forwarding("alice@example.test", {std::move(targets), copy}));
  }

  MailDomain ours, other{"other.test"};
};

TEST_F(ForwardingTest, GoesOnUnderARewrittenSenderAndBouncesFindBack) {
  EXPECT_THAT(answers_to(ours.port("mx"), letter("carol@other.test", "alice@example.test")),
              HasSubstr("250 2.0.0"));
  EXPECT_THAT(ours.wait_for_message("alice", 1), StartsWith("Return-Path: <carol@other.test>\r\n"));
  const std::string forwarded = other.wait_for_message("alice", 1);
  EXPECT_THAT(forwarded, StartsWith("Return-Path: <SRS0="));
  EXPECT_THAT(forwarded, HasSubstr("=other.test=carol@example.test>\r\n"));
  EXPECT_THAT(forwarded, HasSubstr("\r\nDelivered-To: alice@example.test\r\n"));
  EXPECT_THAT(answers_to(ours.port("mx"), letter("", return_path(forwarded))),
              HasSubstr("250 2.0.0"));
  const std::string bounce = other.wait_for_message("carol", 1);
  EXPECT_THAT(bounce, StartsWith("Return-Path: <>\r\n"));
}

TEST_F(ForwardingTest, ForgedBouncesAreRefusedAtRcpt) {
  EXPECT_THAT(
      answers_to(ours.port("mx"), {"EHLO x", "MAIL FROM:<>",
                                   "RCPT TO:<SRS0=AAAAAA=BB=other.test=carol@example.test>"}),
      StartsWith("550 5.7.1"));
}

TEST_F(ForwardingTest, OurOwnUsersStayWhoTheyAre) {
  forward({"alice@other.test"}, mailstore::Forwarding::Copy::kNone);
  answers_to(ours.port("mx"), letter("alice@example.test", "alice@example.test"));
  EXPECT_THAT(other.wait_for_message("alice", 1),
              StartsWith("Return-Path: <alice@example.test>\r\n"));
  EXPECT_TRUE(ours.inbox("alice").empty());
}

// Two servers whose users forward to each other: each has the message once, and then it is over.
TEST_F(ForwardingTest, ACircleOfTwoServersEnds) {
  ASSERT_TRUE(other.directory().set_forwarding(
      "alice@other.test", {{"alice@example.test"}, mailstore::Forwarding::Copy::kKept}));
  const auto port = ours.port("mx");
  other.stop();
  other.settings.relay.smarthost = conf::Endpoint{"127.0.0.1", port};
  other.settings.smtp.listen = {{"127.0.0.1", ours.settings.relay.smarthost->port}};
  other.start();
  answers_to(port, letter("carol@other.test", "alice@example.test"));
  ours.wait_for_message("alice", 1);
  other.wait_for_message("alice", 1);
  const std::string report = other.wait_for_message("carol", 1);
  EXPECT_THAT(report, HasSubstr("554 5.4.6"));
  EXPECT_TRUE(ours.wait_for_queue(0));
  EXPECT_TRUE(other.wait_for_queue(0));
  EXPECT_EQ(ours.inbox("alice").size(), 1u);
  EXPECT_EQ(other.inbox("alice").size(), 1u);
  EXPECT_EQ(other.inbox("carol").size(), 1u);
}

}  // namespace
}  // namespace smtpd
