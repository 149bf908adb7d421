#include "tls/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <thread>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

using asio::ip::tcp;

const std::vector<conf::Endpoint> kAnyPort{{"127.0.0.1", 0}};

asio::awaitable<void> echo(Stream stream) {
  for (;;) {
    co_await stream.fill();
    const std::string octets(stream.buffered());
    stream.consume(octets.size());
    co_await stream.write(octets);
  }
}

asio::awaitable<void> fail_at_once(Stream) {
  throw std::runtime_error("broken session");
  co_return;
}

/// A server that runs on a thread of its own.
class Running {
 public:
  explicit Running(SessionFunction session = echo, ConnectionLimits limits = {},
                   const std::vector<conf::Endpoint>& endpoints = kAnyPort)
      : server(2) {
    server.listen(endpoints, std::move(session), std::move(limits));
  }
  ~Running() { stop(); }
  void start() {
    thread_ = std::thread([this] { server.run(); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    server.stop();
    thread_.join();
  }
  void join() { thread_.join(); }

  Server server;

 private:
  std::thread thread_;
};

class Client {
 public:
  explicit Client(const tcp::endpoint& to) { socket_.connect(to); }
  void send(const std::string& octets) {
    socket_.send(asio::const_buffer(octets.data(), octets.size()));
  }
  /// What comes next; "" at the end.
  std::string receive() {
    char octets[1000];
    boost::system::error_code error;
    const auto length = socket_.receive(asio::mutable_buffer(octets, sizeof octets), 0, error);
    return {octets, error ? 0 : length};
  }
  std::string ask(const std::string& octets) {
    send(octets);
    return receive();
  }

 private:
  asio::io_context io_;
  tcp::socket socket_{io_};
};

TEST(Server, ServesOnEveryThread) {
  Running running;
  running.start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i)
    clients.push_back(std::make_unique<Client>(running.server.listening().at(0)));
  for (auto& client : clients) EXPECT_EQ(client->ask("hello"), "hello");
}

TEST(Server, AStarIsBothFamilies) {
  Running running(echo, {}, {{"*", 0}});
  running.start();
  const auto listening = running.server.listening();
  ASSERT_GE(listening.size(), 1u);
  const auto port = listening[0].port();
  EXPECT_EQ(Client({asio::ip::address_v4::loopback(), port}).ask("4"), "4");
  if (listening.size() == 1) GTEST_SKIP() << "no IPv6 here";
  EXPECT_EQ(listening[1].port(), port);
  EXPECT_EQ(Client({asio::ip::address_v6::loopback(), port}).ask("6"), "6");
}

TEST(Server, PortsMayBeCountedTogether) {
  Server server(1);
  const auto count = std::make_shared<ConnectionCount>(
      ConnectionLimits{.total = 1, .per_address = 9, .limit_loopback = false, .refusal = "full"});
  for (int port = 0; port < 2; ++port) server.listen(kAnyPort, echo, count);
  std::jthread thread([&] { server.run(); });
  Client first(server.listening().at(0));
  EXPECT_EQ(first.ask("hello"), "hello");
  EXPECT_EQ(Client(server.listening().at(1)).receive(), "full");
  server.stop();
}

TEST(Server, APortInUseIsSaidWithItsHolder) {
  Running first;
  const auto port = first.server.listening().at(0).port();
  try {
    Running second(echo, {}, {{"127.0.0.1", port}});
    FAIL() << "a second server got in";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "cannot listen on 127.0.0.1:" + std::to_string(port) +
                                             ": the port is in use by tls_test (process " +
                                             std::to_string(getpid()) + ")");
  }
}

TEST(Server, RefusesMoreThanTheTotal) {
  Running running(echo, {.total = 2, .per_address = 50, .refusal = "421 too many\r\n"});
  running.start();
  const auto to = running.server.listening().at(0);
  Client first(to), second(to);
  EXPECT_EQ(first.ask("a"), "a");
  EXPECT_EQ(second.ask("b"), "b");
  Client third(to);
  EXPECT_EQ(third.receive(), "421 too many\r\n");
  EXPECT_EQ(third.receive(), "");
}

TEST(Server, LimitsLoopbackOnlyWhenTold) {
  for (const bool limited : {false, true}) {
    Running running(
        echo,
        {.total = 9, .per_address = 1, .limit_loopback = limited, .refusal = "* BYE too many\r\n"});
    running.start();
    const auto to = running.server.listening().at(0);
    Client first(to);
    EXPECT_EQ(first.ask("a"), "a");
    EXPECT_EQ(Client(to).ask("b"), limited ? "* BYE too many\r\n" : "b");
  }
}

TEST(Server, AFailedSessionHarmsNobody) {
  Running running(fail_at_once);
  running.start();
  const auto to = running.server.listening().at(0);
  EXPECT_EQ(Client(to).receive(), "");
  EXPECT_EQ(Client(to).receive(), "");
}

TEST(Server, EndsAtOnceWhenNobodyIsThere) {
  bool told = false;
  Running running;
  running.server.on_stop([&] { told = true; });
  running.start();
  running.stop();
  EXPECT_TRUE(told);
}

TEST(Server, EndsWhenTheLastSessionHasEnded) {
  std::promise<void> stopping;
  Running running;
  running.server.on_stop([&] { stopping.set_value(); });
  running.start();
  auto client = std::make_unique<Client>(running.server.listening().at(0));
  EXPECT_EQ(client->ask("a"), "a");
  running.server.stop();
  stopping.get_future().wait();
  EXPECT_EQ(client->ask("still served"), "still served");
  client.reset();
  running.join();
}

TEST(Server, EndsWhenWhatIsBusyHasEnded) {
  Running running;
  std::shared_ptr<void> busy = running.server.busy();
  running.server.on_stop([&] {
    // What is under way goes on while the others are told.
    asio::post(running.server.io(), [&] { busy.reset(); });
  });
  running.start();
  running.server.stop();
  running.join();
  EXPECT_EQ(busy, nullptr);
}

TEST(Server, SighupReloadsAndSigtermEnds) {
  std::promise<void> reloaded;
  Running running;
  running.server.on_reload([&] { reloaded.set_value(); });
  running.start();
  {
    Client client(running.server.listening().at(0));
    EXPECT_EQ(client.ask("a"), "a");
    std::raise(SIGHUP);
    reloaded.get_future().wait();
    EXPECT_EQ(client.ask("b"), "b");
    std::raise(SIGTERM);
  }
  running.join();
}

TEST(Server, ReloadsOnceMoreForAllWhoAskMeanwhile) {
  std::promise<void> begun, go_on, again;
  std::atomic<int> reloads = 0;
  Running running;
  running.server.on_reload([&] {
    if (++reloads == 2) again.set_value();
    if (reloads != 1) return;
    begun.set_value();
    go_on.get_future().wait();
  });
  running.start();
  std::raise(SIGHUP);
  begun.get_future().wait();
  for (int i = 0; i < 5; ++i) {
    std::raise(SIGHUP);
    // So that each is seen for itself.
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  go_on.set_value();
  again.get_future().wait();
  running.stop();
  EXPECT_EQ(reloads, 2);
}

TEST(Server, EndsAfterAReloadThatIsUnderWay) {
  std::promise<void> stopping;
  std::atomic<bool> reloaded = false;
  Running running;
  running.server.on_stop([&] { stopping.set_value(); });
  running.server.on_reload([&] {
    running.server.stop();
    stopping.get_future().wait();
    // Long enough for the loops to end meanwhile.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    reloaded = true;
  });
  running.start();
  std::raise(SIGHUP);
  running.join();
  EXPECT_TRUE(reloaded);
}

}  // namespace
}  // namespace tls
