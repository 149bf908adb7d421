#include "smtpd/relay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/use_future.hpp>
#include <future>
#include <mutex>
#include <thread>

#include "conf/log.hpp"
#include "smtpd/resolver.hpp"
#include "tests/smtpd/mail_domain.hpp"
#include "tests/smtpd/name_server.hpp"
#include "tests/smtpd/scripted_server.hpp"

namespace smtpd {
namespace {

asio::awaitable<Route> known(Route route) { co_return route; }

/// Hosts on this machine; "dead" ones are where nobody listens.
Route route_to(const std::vector<std::string>& names) {
  Route route;
  for (const std::string& name : names) {
    const char* const address = name.starts_with("dead") ? "127.0.0.2" : "127.0.0.1";
    route.hosts.push_back({name, {asio::ip::make_address(address)}, 10});
  }
  return route;
}

class RelayTest : public testing::Test {
 protected:
  RelayTest() {
    conf::start_log("smtpd", {"error", "human"});
    settings_.hostname = "mail.example.test";
    settings_.relay.connect_timeout = conf::seconds(2);
    ways_.find_route = [this](std::string domain) {
      ++look_ups_;
      const auto route = routes_.find(domain);
      return known(route == routes_.end() ? route_to({"mx.test"}) : route->second);
    };
    ways_.find_host = [](std::string) { return known(route_to({"smarthost.test"})); };
    ways_.linger = std::chrono::milliseconds(0);
    ways_.now = [this] { return now_.load(); };
  }
  ~RelayTest() override {
    guard_.reset();
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  /// Routes are those of this name server.
  void ask(const NameServer& names) {
    conf::DnsSettings dns;
    dns.mode = "forward";
    dns.servers = {names.endpoint()};
    resolver_.emplace(io_, dns,
                      Self{[] { return "mail.example.test"; },
                           [] { return std::vector<asio::ip::tcp::endpoint>(); }});
    ways_.find_route = [this](std::string domain) {
      return resolver_->find_route(std::move(domain));
    };
  }

  void smarthost(std::uint16_t port) {
    settings_.relay.smarthost = conf::Endpoint{"smarthost.test", port};
    settings_.relay.smarthost_tls = "none";
  }

  Message message_to(const std::vector<mail::Address>& to) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->id = ++last_id_;
    message->sender = {"alice", "example.test"};
    message->content = mailstore::Content::of("Subject: x\r\n\r\nbody\r\n");
    for (const mail::Address& address : to) {
      mailstore::QueuedRecipient recipient;
      recipient.number = static_cast<std::int32_t>(message->recipients.size());
      recipient.address = address;
      message->recipients.push_back(recipient);
    }
    return message;
  }

  void take(const Message& message) {
    std::vector<Job> jobs;
    for (const auto& recipient : message->recipients) jobs.push_back({message, &recipient});
    running().take(message, jobs);
  }

  /// So many attempts, in the order of messages and recipients.
  std::vector<Attempt> attempts(std::size_t many) {
    EXPECT_TRUE(eventually([&] {
      std::lock_guard lock(mutex_);
      return attempts_.size() >= many;
    }));
    std::lock_guard lock(mutex_);
    std::ranges::sort(attempts_, {}, [](const Attempt& attempt) {
      return std::pair(attempt.job.message->id, attempt.job.recipient->number);
    });
    return std::exchange(attempts_, {});
  }

  std::vector<Attempt> relay(const std::vector<mail::Address>& to) {
    take(message_to(to));
    return attempts(to.size());
  }

  Relay& running() {
    if (!relay_) {
      relay_.emplace(io_, workers_, settings_, ways_, [this](std::vector<Attempt> some) {
        std::lock_guard lock(mutex_);
        attempts_.insert(attempts_.end(), some.begin(), some.end());
      });
      thread_ = std::thread([this] { io_.run(); });
    }
    return *relay_;
  }

  std::future<void> catch_up() {
    return asio::co_spawn(io_, running().catch_up(), asio::use_future);
  }

  static bool ends(const std::future<void>& future) {
    return future.wait_for(std::chrono::seconds(30)) == std::future_status::ready;
  }

  conf::Settings settings_;
  Relay::Ways ways_;
  std::map<std::string, Route> routes_;
  std::atomic<int> look_ups_ = 0;
  std::atomic<std::int64_t> now_ = 1'000'000;
  std::mutex mutex_;
  std::vector<Attempt> attempts_;

 private:
  mailstore::QueueId last_id_ = 0;
  std::optional<Relay> relay_;
  asio::io_context io_;
  std::optional<Resolver> resolver_;
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
  EXPECT_EQ(attempts[0].remote, "smarthost.test");
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
  routes_["other.test"] = route_to({"one.test", "two.test"});
  ways_.port = server.port();
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(server.count("DATA"), 1) << "it may have taken it: the next host is not asked";
}

TEST_F(RelayTest, HostsInTheirOrder) {
  ScriptedServer server(accept_all);
  routes_["other.test"] = route_to({"dead.test", "mx.test"});
  ways_.port = server.port();
  const auto attempts = relay({{"bob", "other.test"}});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(attempts[0].remote, "mx.test");
}

// RFC 5321 §5.1: whoever has two hosts of one preference wants the load spread, also that of a
// minute, in which DNS is asked once.
TEST_F(RelayTest, EqualHostsOfDnsShareTheMail) {
  ScriptedServer one(accept_all);
  ScriptedServer other(accept_all, "127.0.0.3", one.port());
  ScriptedServer third(accept_all, "127.0.0.4", one.port());
  NameServer names;
  names.mx("other.test", 10, "mx1.other.test");
  names.mx("other.test", 10, "mx2.other.test");
  names.mx("other.test", 20, "mx3.other.test");
  names.address("mx1.other.test", "127.0.0.1");
  names.address("mx2.other.test", "127.0.0.3");
  names.address("mx3.other.test", "127.0.0.4");
  ask(names);
  ways_.port = one.port();
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(one.count("DATA") + other.count("DATA"), 40);
  EXPECT_GT(one.count("DATA"), 5);
  EXPECT_GT(other.count("DATA"), 5);
  EXPECT_EQ(third.count("DATA"), 0);
  EXPECT_LE(names.asked("other.test"), 2u);
}

TEST_F(RelayTest, WhatDnsSaysHoldsNoLongerThanItSays) {
  ScriptedServer server(accept_all);
  routes_["other.test"] = route_to({"mx.test"});
  routes_["other.test"].ttl = 10;
  ways_.port = server.port();
  relay({{"bob", "other.test"}});
  now_ += 9;
  relay({{"bob", "other.test"}});
  EXPECT_EQ(look_ups_, 1);
  now_ += 1;
  relay({{"bob", "other.test"}});
  EXPECT_EQ(look_ups_, 2);
}

TEST_F(RelayTest, ADomainThatTakesNoMailFailsAtOnce) {
  routes_["other.test"] = {{}, "556 5.1.10 The domain takes no mail", false};
  const auto attempts = relay({{"bob", "other.test"}});
  EXPECT_EQ(attempts[0].end, Attempt::End::kFailed);
  EXPECT_EQ(attempts[0].reply, "556 5.1.10 The domain takes no mail");
}

TEST_F(RelayTest, BrokenDnsDefers) {
  ways_.find_route = [](std::string) -> asio::awaitable<Route> {
    throw std::runtime_error("no name server");
  };
  const auto attempts = relay({{"bob", "other.test"}});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(attempts[0].reply, "451 4.4.3 The domain can't be looked up now: no name server");
}

TEST_F(RelayTest, OneConnectionAndOneLookUpCarryManyMessages) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  settings_.relay.max_connections_per_destination = 1;
  for (int i = 0; i < 50; ++i) take(message_to({{"bob", "other.test"}}));
  for (const Attempt& attempt : attempts(50)) EXPECT_EQ(attempt.end, Attempt::End::kDelivered);
  EXPECT_EQ(server.count("EHLO"), 1);
  EXPECT_EQ(look_ups_, 1);
}

TEST_F(RelayTest, AnIdleConnectionIsUsedAgain) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  ways_.linger = std::chrono::seconds(60);
  for (int i = 0; i < 3; ++i) relay({{"bob", "other.test"}});
  EXPECT_EQ(server.count("EHLO"), 1);
  running().stop();
  EXPECT_TRUE(eventually([&] { return server.count("QUIT") == 1; }));
}

TEST_F(RelayTest, DomainsWithTheSameHostsShareATransaction) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  routes_["one.test"] = route_to({"mx1.test", "mx2.test"});
  routes_["two.test"] = route_to({"mx2.test", "mx1.test"});
  relay({{"a", "one.test"}, {"b", "two.test"}});
  relay({{"a", "one.test"}, {"b", "two.test"}, {"c", "one.test"}});
  EXPECT_EQ(server.count("RCPT"), 5);
  EXPECT_EQ(server.count("MAIL"), 2);
}

TEST_F(RelayTest, AThousandMessagesToADeadHostCostOneConnection) {
  std::atomic<int> connections = 0;
  ScriptedServer server([&](const std::string& command) -> std::string {
    connections += command.empty() ? 1 : 0;
    return "";
  });
  ways_.port = server.port();
  for (int i = 0; i < 1000; ++i) take(message_to({{"bob", "other.test"}}));
  for (const Attempt& attempt : attempts(1000)) {
    ASSERT_EQ(attempt.end, Attempt::End::kDeferred);
    ASSERT_GE(attempt.not_before, now_ + 300);
    ASSERT_EQ(attempt.remote, "mx.test");
  }
  relay({{"bob", "other.test"}});
  EXPECT_EQ(connections, 1);
  now_ += 3600;
  relay({{"bob", "other.test"}});
  EXPECT_EQ(connections, 2) << "it is tried when its time has come";
}

TEST_F(RelayTest, AServerThatAlwaysHangsUpIsDeadInTheEnd) {
  ScriptedServer server(
      [](const std::string& command) { return command == "." ? "" : accept_all(command); });
  ways_.port = server.port();
  for (int i = 0; i < 100; ++i) take(message_to({{"bob", "other.test"}}));
  for (const Attempt& attempt : attempts(100)) ASSERT_EQ(attempt.end, Attempt::End::kDeferred);
  EXPECT_EQ(server.count("MAIL"), 5);
}

TEST_F(RelayTest, WakingForgetsWhoWasDead) {
  std::atomic<bool> dead = true;
  ScriptedServer server(
      [&](const std::string& command) { return dead ? "" : accept_all(command); });
  ways_.port = server.port();
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
  dead = false;
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDeferred);
  running().wake();
  EXPECT_EQ(relay({{"bob", "other.test"}})[0].end, Attempt::End::kDelivered);
}

TEST_F(RelayTest, DeadHostsKeepNoPlaceFromThoseThatWork) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  settings_.relay.max_connections = 1;
  for (int i = 0; i < 20; ++i) {
    const std::string domain = std::to_string(i) + ".test";
    routes_[domain] = route_to({(i % 2 == 0 ? "dead." : "mx.") + domain});
  }
  for (int i = 0; i < 100; ++i) take(message_to({{"bob", std::to_string(i % 20) + ".test"}}));
  const auto all = attempts(100);
  EXPECT_EQ(std::ranges::count(all, Attempt::End::kDelivered, &Attempt::end), 50);
  EXPECT_EQ(std::ranges::count(all, Attempt::End::kDeferred, &Attempt::end), 50);
}

TEST_F(RelayTest, DestinationsTakeTurns) {
  std::mutex mutex;
  std::vector<std::string> order;
  std::atomic<bool> waits = false;
  std::promise<void> all_wait;
  const std::shared_future<void> begin = all_wait.get_future().share();
  ScriptedServer server([&](const std::string& command) {
    if (waits) begin.wait();
    std::lock_guard lock(mutex);
    if (command.starts_with("RCPT")) order.push_back(command);
    return accept_all(command);
  });
  ways_.port = server.port();
  settings_.relay.max_connections = 1;
  routes_["one.test"] = route_to({"mx.one.test"});
  routes_["two.test"] = route_to({"mx.two.test"});
  relay({{"bob", "one.test"}});
  relay({{"bob", "two.test"}});
  order.clear();
  waits = true;
  for (int i = 0; i < 150; ++i) take(message_to({{"bob", "one.test"}}));
  take(message_to({{"bob", "two.test"}}));
  all_wait.set_value();
  attempts(151);
  const auto small = std::ranges::find_if(
      order, [](const std::string& rcpt) { return rcpt.find("two.test") != std::string::npos; });
  EXPECT_LT(small - order.begin(), 120);
}

TEST_F(RelayTest, AConnectionThatWorksGivesWayToNoneThatCantHaveItsPlace) {
  ScriptedServer server(accept_all);
  const ScriptedServer silent([](const std::string&) { return kSilence; }, "127.0.0.3",
                              server.port());
  ways_.port = server.port();
  ways_.linger = std::chrono::seconds(60);
  settings_.relay.max_connections = 1;
  Route nowhere;
  nowhere.hosts.push_back({"silent.test", {asio::ip::make_address("127.0.0.3")}, 10});
  routes_["silent.test"] = nowhere;
  routes_["waiting.test"] = route_to({"mx.waiting.test"});
  relay({{"bob", "other.test"}});
  take(message_to({{"bob", "silent.test"}}));
  take(message_to({{"bob", "waiting.test"}}));
  for (int i = 0; i < 250; ++i) take(message_to({{"bob", "other.test"}}));
  attempts(250);
  EXPECT_EQ(server.count("EHLO"), 1);
}

TEST_F(RelayTest, TakesUpNoMoreThanIsOfUse) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  ways_.linger = std::chrono::seconds(60);
  ways_.longest_catching_up = std::chrono::hours(1);
  settings_.relay.max_connections = 1;
  running();
  EXPECT_TRUE(ends(catch_up())) << "there is a connection to be had";
  relay({{"bob", "other.test"}});
  const std::future<void> caught_up = catch_up();
  for (int i = 0; i < 999; ++i) take(message_to({{"bob", "other.test"}}));
  attempts(999);
  EXPECT_EQ(caught_up.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  relay({{"bob", "other.test"}});
  EXPECT_TRUE(ends(caught_up));
}

TEST_F(RelayTest, WhatIsOnDiskIsReadWhenItsTurnComes) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  const Message kept = message_to({{"bob", "other.test"}, {"eve", "other.test"}});
  ways_.open = [kept](const std::vector<Parcel>& parcels) {
    std::vector<std::vector<Job>> all(parcels.size());
    for (std::size_t i = 0; i < parcels.size(); ++i) {
      if (parcels[i].id == kept->id) all[i].push_back({kept, &kept->recipients[1]});
    }
    return all;
  };
  running().take({{77, 0, 1000, 0, "other.test", kept->sender},
                  {kept->id, 1, 1000, 0, "other.test", kept->sender}});
  const auto made = attempts(1);
  EXPECT_EQ(made[0].job.recipient->address.local, "eve");
  EXPECT_EQ(server.count("RCPT"), 1) << "what is there no longer is passed over";
}

TEST_F(RelayTest, NoMoreIsCarriedThanTheDiskTakesOutcomesOf) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  std::string text;
  while (text.size() < 1 << 20) text += std::string(900, 'x') + "\r\n";
  ways_.open = [this, &text](const std::vector<Parcel>& parcels) {
    std::vector<std::vector<Job>> all;
    for (const Parcel& parcel : parcels) {
      const Message one = message_to({{"bob", "other.test"}});
      auto message = std::make_shared<mailstore::QueuedMessage>(*one);
      message->id = parcel.id;
      message->content = mailstore::Content::of(text);
      const Message kept = message;
      all.push_back({{kept, &kept->recipients[0]}});
    }
    return all;
  };
  // A mebioctet and its envelope each: more than 24 MiB are settled by no more than are being
  // carried when that is noticed.
  constexpr std::size_t kMany = 60, kMost = 24 + 20;
  std::vector<mailstore::DueRecipient> due;
  for (std::size_t i = 0; i < kMany; ++i) {
    due.push_back({static_cast<mailstore::QueueId>(i + 1), 0, 1000, 0, "other.test", {"a", "b"}});
  }
  running().take(std::move(due));
  std::size_t carried = attempts(24).size();
  EXPECT_LE(carried, kMost);
  EXPECT_LE(static_cast<std::size_t>(server.count("MAIL")), kMost)
      << "those are in memory until now";
  while (carried < kMany) carried += attempts(1).size();
}

TEST_F(RelayTest, ForwardsByDifferentPeopleHaveTheirOwnEnvelopes) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  ways_.sender = [](const mailstore::QueuedMessage& message,
                    const mailstore::QueuedRecipient& recipient) {
    return recipient.forwarded_by.empty() ? message.sender
                                          : mail::Address{"srs", recipient.forwarded_by.substr(4)};
  };
  auto message = std::make_shared<mailstore::QueuedMessage>(
      *message_to({{"a", "other.test"}, {"b", "other.test"}, {"c", "other.test"}}));
  message->recipients[1].forwarded_by = "eve@example.test";
  message->recipients[2].forwarded_by = "eve@example.test";
  take(message);
  attempts(3);
  EXPECT_EQ(server.count("MAIL FROM:<alice@example.test>"), 1);
  EXPECT_EQ(server.count("MAIL FROM:<srs@example.test>"), 1);
}

TEST_F(RelayTest, NothingBeginsAfterStop) {
  ScriptedServer server(accept_all);
  ways_.port = server.port();
  relay({{"bob", "other.test"}});
  running().stop();
  take(message_to({{"bob", "other.test"}}));
  EXPECT_TRUE(eventually([&] { return server.count("QUIT") == 1; }));
  EXPECT_EQ(server.count("MAIL"), 1);
}

TEST_F(RelayTest, WhatIsUnderWayAtStopEnds) {
  std::promise<void> data_sent, stopped;
  ScriptedServer server([&](const std::string& command) {
    if (command == ".") {
      data_sent.set_value();
      stopped.get_future().wait();
    }
    return accept_all(command);
  });
  ways_.port = server.port();
  const auto busy = std::make_shared<int>(0);
  ways_.busy = [busy] { return busy; };
  take(message_to({{"bob", "other.test"}}));
  data_sent.get_future().wait();
  EXPECT_GT(busy.use_count(), 3) << "it is told of";
  running().stop();
  stopped.set_value();
  EXPECT_EQ(attempts(1)[0].end, Attempt::End::kDelivered);
}

TEST_F(RelayTest, ChangedSettingsHoldForWhatComesThen) {
  ScriptedServer one(accept_all), two(accept_all);
  smarthost(one.port());
  relay({{"bob", "other.test"}});
  conf::Settings changed = settings_;
  changed.relay.smarthost->port = two.port();
  running().change(changed);
  relay({{"bob", "other.test"}});
  EXPECT_EQ(one.count("MAIL"), 1);
  EXPECT_EQ(two.count("MAIL"), 1);
}

}  // namespace
}  // namespace smtpd
