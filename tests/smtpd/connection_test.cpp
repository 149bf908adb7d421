#include "smtpd/connection.hpp"

#include <gtest/gtest.h>

#include "tests/smtpd/scripted_server.hpp"

namespace smtpd {
namespace {

Message message_for(const std::vector<std::pair<std::string, std::string>>& forwards) {
  auto message = std::make_shared<mailstore::QueuedMessage>();
  message->sender = {"alice", "example.test"};
  message->content = mailstore::Content::of("Subject: x\r\n\r\n");
  for (const auto& [by, original] : forwards) {
    mailstore::QueuedRecipient recipient;
    recipient.number = static_cast<std::int32_t>(message->recipients.size());
    recipient.address = {"r" + std::to_string(recipient.number), "other.test"};
    recipient.forwarded_by = by;
    recipient.original = original;
    message->recipients.push_back(recipient);
  }
  return message;
}

std::vector<Job> jobs_of_all(const Message& message) {
  std::vector<Job> jobs;
  for (const auto& recipient : message->recipients) jobs.push_back({message, &recipient});
  return jobs;
}

std::vector<std::size_t> sizes(const Message& message) {
  std::vector<std::size_t> sizes;
  for (const auto& jobs : transactions_of(jobs_of_all(message))) sizes.push_back(jobs.size());
  return sizes;
}

TEST(Connection, ServersTakeAHundredRecipients) {
  const Message message =
      message_for(std::vector<std::pair<std::string, std::string>>(250, {"", ""}));
  EXPECT_EQ(sizes(message), (std::vector<std::size_t>{100, 100, 50}));
}

TEST(Connection, RecipientsOfOnePersonShareATransaction) {
  EXPECT_EQ(sizes(message_for({{"", "a@example.test"}, {"", "b@example.test"}})),
            std::vector<std::size_t>{2});
  EXPECT_EQ(sizes(message_for({{"", ""}, {"x@h.test", "a@h.test"}, {"x@h.test", "a@h.test"}})),
            (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(sizes(message_for({{"x@h.test", "a@h.test"}, {"x@h.test", "b@h.test"}})),
            (std::vector<std::size_t>{1, 1}));
}

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    conf::RelaySettings settings;
    settings.connect_timeout = conf::seconds(2);
    destination_.terms =
        std::make_shared<Terms>(Terms{"mail.example.test", settings, tls::client_context()});
    destination_.way.tls.level = TlsLevel::kNone;
  }

  /// Tried in this order.
  void hosts(const std::vector<std::string>& names) {
    Route route;
    std::uint16_t preference = 10;
    for (const std::string& name : names) {
      const char* const address = name.starts_with("dead") ? "127.0.0.2" : "127.0.0.1";
      route.hosts.push_back({name, {asio::ip::make_address(address)}, preference++});
    }
    destination_.route = std::make_shared<Route>(std::move(route));
  }

  static asio::awaitable<void> carry_all(Connection& connection, std::vector<Message> messages,
                                         std::vector<Verdict>& verdicts) {
    for (const Message& message : messages) {
      Verdict verdict = co_await connection.carry(jobs_of_all(message), 1000);
      verdicts.push_back(std::move(verdict));
    }
    co_await connection.quit();
  }

  std::vector<Verdict> carry(std::uint16_t port, const std::vector<Message>& messages) {
    const Outfit outfit{port, {}};
    asio::io_context io;
    Connection connection(outfit, destination_);
    std::vector<Verdict> verdicts;
    asio::co_spawn(io, carry_all(connection, messages, verdicts), asio::detached);
    io.run();
    return verdicts;
  }

  Destination destination_;
};

TEST_F(ConnectionTest, StaysWithTheHostThatWorks) {
  ScriptedServer server(accept_all);
  hosts({"dead.test", "mx.test"});
  const Message message = message_for({{"", ""}});
  const auto verdicts = carry(server.port(), {message, message});
  for (const Verdict& verdict : verdicts) {
    ASSERT_EQ(verdict.decided.size(), 1u);
    EXPECT_EQ(verdict.decided[0].remote, "mx.test");
    EXPECT_EQ(verdict.health, Health::kCarried);
  }
  EXPECT_EQ(server.count("EHLO"), 1);
  EXPECT_EQ(destination_.hosts_to_try(1001, [] { return 0u; }).front().name, "mx.test")
      << "the dead one is known";
}

TEST_F(ConnectionTest, ByLmtpItHasArrived) {
  ScriptedServer server([](const std::string& command) {
    return command.starts_with("LHLO") ? "250 other.test" : accept_all(command);
  });
  hosts({"mx.test"});
  const Message message = message_for({{"", ""}});
  EXPECT_FALSE(carry(server.port(), {message})[0].decided.at(0).last_hop);
  destination_.way.protocol = mail::smtp::ClientOptions::Protocol::kLmtp;
  EXPECT_TRUE(carry(server.port(), {message})[0].decided.at(0).last_hop);
}

TEST_F(ConnectionTest, TheNextHostDecidesWhatThisOneDoesNot) {
  ScriptedServer server([](const std::string& command) -> std::string {
    return command.starts_with("RCPT TO:<r1@") ? "450 4.2.0 Later" : accept_all(command);
  });
  hosts({"one.test", "two.test"});
  const auto verdicts = carry(server.port(), {message_for({{"", ""}, {"", ""}})});
  EXPECT_EQ(verdicts[0].decided.size(), 1u);
  ASSERT_EQ(verdicts[0].undecided.size(), 1u);
  EXPECT_EQ(verdicts[0].undecided[0].remote, "two.test");
  EXPECT_EQ(server.count("RCPT TO:<r0@"), 1) << "never twice";
  EXPECT_EQ(server.count("RCPT TO:<r1@"), 2);
}

TEST_F(ConnectionTest, NobodyThereIsUnreachable) {
  hosts({"dead1.test", "dead2.test"});
  const auto verdicts =
      carry(1, {message_for(std::vector<std::pair<std::string, std::string>>(150, {"", ""}))});
  EXPECT_EQ(verdicts[0].undecided.size(), 150u);
  EXPECT_EQ(verdicts[0].health, Health::kUnreachable);
}

TEST_F(ConnectionTest, AConnectionThatIsClosedMeanwhileIsReplaced) {
  std::atomic<int> messages = 0;
  ScriptedServer server([&](const std::string& command) -> std::string {
    // The first connection ends with its first message.
    if (command.starts_with("MAIL") && messages++ == 1) return "";
    return accept_all(command);
  });
  hosts({"mx.test"});
  const Message message = message_for({{"", ""}});
  const auto verdicts = carry(server.port(), {message, message});
  EXPECT_EQ(verdicts[1].decided.size(), 1u);
  EXPECT_EQ(verdicts[1].health, Health::kCarried);
  EXPECT_EQ(server.count("EHLO"), 2);
}

}  // namespace
}  // namespace smtpd
