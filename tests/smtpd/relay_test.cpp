#include "smtpd/relay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "conf/log.hpp"
#include "tests/smtpd/mail_domain.hpp"
#include "tests/smtpd/scripted_server.hpp"

namespace smtpd {
namespace {

class RelayTest : public testing::Test {
 protected:
  RelayTest() {
    conf::start_log("smtpd", {"error", "human"});
    settings_.hostname = "mail.example.test";
    settings_.relay.connect_timeout = conf::seconds(2);
  }
  ~RelayTest() override {
    guard_.reset();
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void smarthost(std::uint16_t port) {
    settings_.relay.smarthost = conf::Endpoint{"127.0.0.1", port};
    settings_.relay.smarthost_tls = "none";
  }

  /// Relays to the recipients and gives the attempts in their order.
  std::vector<Attempt> relay(const std::vector<mail::Address>& to, Relay::Ways ways = {}) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->sender = {"alice", "example.test"};
    message->content = mailstore::Content::of("Subject: x\r\n\r\nbody\r\n");
    for (const mail::Address& address : to) {
      mailstore::QueuedRecipient recipient;
      recipient.number = static_cast<std::int32_t>(message->recipients.size());
      recipient.address = address;
      message->recipients.push_back(recipient);
    }
    std::vector<Job> jobs;
    for (const auto& recipient : message->recipients) jobs.push_back({message, &recipient});
    start(std::move(ways));
    relay_->take(message, jobs);
    EXPECT_TRUE(eventually([&] {
      std::lock_guard lock(mutex_);
      return attempts_.size() >= to.size();
    }));
    std::lock_guard lock(mutex_);
    std::sort(attempts_.begin(), attempts_.end(), [](const Attempt& a, const Attempt& b) {
      return a.job.recipient->number < b.job.recipient->number;
    });
    return std::exchange(attempts_, {});
  }

  static Relay::Ways mx(std::uint16_t port, std::vector<MxRecord> records) {
    return {[records](const std::string&) {
              return MxAnswer{MxAnswer::Status::kFound, records, false, ""};
            },
            port};
  }

  conf::Settings settings_;

 private:
  void start(Relay::Ways ways) {
    if (relay_) return;
    relay_.emplace(io_, workers_, settings_, std::move(ways), [this](std::vector<Attempt> some) {
      std::lock_guard lock(mutex_);
      attempts_.insert(attempts_.end(), some.begin(), some.end());
    });
    thread_ = std::thread([this] { io_.run(); });
  }

  std::mutex mutex_;
  std::vector<Attempt> attempts_;
  std::optional<Relay> relay_;
  asio::io_context io_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> guard_{
      io_.get_executor()};
  tls::WorkerPool workers_{1};
  std::thread thread_;
};

TEST_F(RelayTest, EachRecipientHasItsOwnEnd) {
  ScriptedServer server([](const std::string& command) -> std::string {
    if (command.starts_with("RCPT TO:<no@")) return "550 5.1.1 No such user";
    if (command.starts_with("RCPT TO:<later@")) return "450 4.2.1 Busy";
    return accept_all(command);
  });
  smarthost(server.port());
  const auto attempts =
      relay({{"yes", "other.test"}, {"no", "other.test"}, {"later", "another.test"}});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(attempts[0].remote, "127.0.0.1");
  EXPECT_TRUE(attempts[0].report_passed_on);
  EXPECT_EQ(attempts[1].end, Attempt::End::kFailed);
  EXPECT_EQ(attempts[1].reply, "550 5.1.1 No such user");
  EXPECT_EQ(attempts[2].end, Attempt::End::kDeferred);
  EXPECT_EQ(attempts[2].reply, "450 4.2.1 Busy");
  EXPECT_EQ(server.count("MAIL FROM:<alice@example.test>"), 1);
}

TEST_F(RelayTest, NobodyThereDefers) {
  smarthost(1);
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
}

TEST_F(RelayTest, ARefusedSessionRefusesNoRecipient) {
  ScriptedServer server([](const std::string& command) -> std::string {
    return command.empty() ? "554 5.7.1 Go away" : accept_all(command);
  });
  smarthost(server.port());
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
}

TEST_F(RelayTest, AServerThatHangsUpAtTheEndDefers) {
  ScriptedServer server(
      [](const std::string& command) { return command == "." ? "" : accept_all(command); });
  smarthost(server.port());
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
}

TEST_F(RelayTest, MxHostsInTheirOrder) {
  ScriptedServer server(accept_all);
  // 127.0.0.2 has nobody on that port.
  const auto attempts =
      relay({{"bob", "other.test"}}, mx(server.port(), {{20, "127.0.0.1"}, {10, "127.0.0.2"}}));
  EXPECT_EQ(attempts[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(attempts[0].remote, "127.0.0.1");
}

TEST_F(RelayTest, ANullMxFailsAtOnce) {
  const auto attempts = relay({{"bob", "other.test"}}, mx(25, {{0, ""}}));
  EXPECT_EQ(attempts[0].end, Attempt::End::kFailed);
  EXPECT_TRUE(attempts[0].reply.starts_with("556 5.1.10"));
}

TEST_F(RelayTest, BrokenDnsDefers) {
  const auto attempts = relay(
      {{"bob", "other.test"}},
      {[](const std::string&) -> MxAnswer { throw std::runtime_error("no name server"); }, 25});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDeferred);
  EXPECT_TRUE(attempts[0].reply.starts_with("451 4.4.3"));
}

TEST_F(RelayTest, AddressLiteralsAreAskedDirectly) {
  ScriptedServer server(accept_all);
  const auto attempts = relay({{"bob", "[127.0.0.1]"}}, {nullptr, server.port()});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDelivered);
}

}  // namespace
}  // namespace smtpd
