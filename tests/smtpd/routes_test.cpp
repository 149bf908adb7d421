#include "smtpd/routes.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace smtpd {
namespace {

class RoutesTest : public testing::Test {
 protected:
  static WayOut by_mx(const std::string& domain) {
    WayOut way;
    way.name = domain;
    return way;
  }

  asio::awaitable<Route> answer(std::string name) {
    asked_.push_back(name);
    // The answer takes a turn of the loop.
    co_await asio::post(io_, asio::use_awaitable);
    if (name == "broken.test") throw std::runtime_error("no name server");
    Route route;
    route.hosts.push_back({"mx." + name, {}, 10});
    if (name == "brief.test") route.ttl = 5;
    if (name == "long.test") route.ttl = 3600;
    co_return route;
  }

  void find(const WayOut& way, std::int64_t now = 1000) {
    routes_.find(way, now, [this](const std::shared_ptr<const Route>& route) {
      found_.push_back(route->hosts.empty() ? route->refusal : route->hosts[0].name);
    });
  }

  void run() {
    io_.run();
    io_.restart();
  }

  asio::io_context io_;
  std::vector<std::string> asked_, found_;
  Routes routes_{io_, [this](std::string name) { return answer(std::move(name)); },
                 [this](std::string name) { return answer("host " + name); }};
};

TEST_F(RoutesTest, ManyWhoWaitForOneNameAskOnce) {
  for (int i = 0; i < 3; ++i) find(by_mx("a.test"));
  find(by_mx("b.test"));
  EXPECT_TRUE(found_.empty());
  run();
  EXPECT_EQ(asked_, (std::vector<std::string>{"a.test", "b.test"}));
  EXPECT_EQ(found_, (std::vector<std::string>{"mx.a.test", "mx.a.test", "mx.a.test", "mx.b.test"}));
}

TEST_F(RoutesTest, AnAnswerIsUsedForAMinute) {
  find(by_mx("a.test"), 1000);
  run();
  find(by_mx("a.test"), 1059);
  EXPECT_EQ(found_.size(), 2u) << "at once";
  find(by_mx("a.test"), 1060);
  EXPECT_EQ(found_.size(), 2u);
  run();
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(RoutesTest, AnAnswerIsUsedForItsTimeAMinuteAtMost) {
  for (const auto& [name, seconds] : {std::pair("brief.test", 5), std::pair("long.test", 60)}) {
    asked_.clear();
    for (const int later : {0, seconds - 1, seconds}) {
      find(by_mx(name), 1000 + later);
      run();
    }
    EXPECT_EQ(asked_.size(), 2u) << name;
  }
}

TEST_F(RoutesTest, AForgottenAnswerIsAskedForAnew) {
  find(by_mx("a.test"));
  run();
  routes_.forget();
  find(by_mx("a.test"));
  run();
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(RoutesTest, TroubleIsARefusalToTryAgain) {
  find(by_mx("broken.test"));
  run();
  EXPECT_EQ(found_, std::vector<std::string>{
                        "451 4.4.3 The domain can't be looked up now: no name server"});
  find(by_mx("broken.test"), 1001);
  EXPECT_EQ(found_.size(), 2u) << "said again to all who ask at the same time";
  find(by_mx("broken.test"), 1002);
  EXPECT_EQ(found_.size(), 2u);
  run();
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(RoutesTest, AHostOfTheSettingsIsAskedForAsAHost) {
  WayOut smarthost = by_mx("*");
  smarthost.host = conf::Endpoint{"relay.test", 25};
  find(smarthost);
  run();
  EXPECT_EQ(asked_, std::vector<std::string>{"host relay.test"});
}

TEST_F(RoutesTest, ASocketNeedsNoAnswer) {
  WayOut socket = by_mx("unix:/run/lmtp");
  socket.socket = "/run/lmtp";
  find(socket);
  EXPECT_EQ(found_.size(), 1u);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(RoutesTest, ALimitedNumberIsAskedAtOnceAndAllAreAnswered) {
  for (int i = 0; i < 1000; ++i) find(by_mx(std::to_string(i) + ".test"));
  EXPECT_LE(asked_.size(), 200u);
  run();
  EXPECT_EQ(found_.size(), 1000u);
}

}  // namespace
}  // namespace smtpd
