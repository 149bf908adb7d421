#include "smtpd/destination.hpp"

#include <gtest/gtest.h>

#include <set>

namespace smtpd {
namespace {

Route route(std::vector<std::pair<std::uint16_t, std::string>> hosts) {
  Route route;
  for (auto& [preference, name] : hosts) route.hosts.push_back({name, {}, preference});
  return route;
}

WayOut by_mx(const std::string& domain) {
  WayOut way;
  way.name = domain;
  return way;
}

std::vector<std::string> names(const std::vector<Host>& hosts) {
  std::vector<std::string> names;
  for (const Host& host : hosts) names.push_back(host.name);
  return names;
}

std::uint32_t never_swapped() { return 0; }

TEST(Destination, DomainsWithTheSameHostsAreOne) {
  const std::string one =
      destination_name(by_mx("a.test"), route({{10, "x.test"}, {10, "y.test"}, {20, "z.test"}}));
  const std::string other =
      destination_name(by_mx("b.test"), route({{10, "y.test"}, {10, "x.test"}, {20, "z.test"}}));
  EXPECT_EQ(one, other);
  EXPECT_NE(one, destination_name(by_mx("b.test"), route({{20, "y.test"}, {10, "x.test"}})));
}

TEST(Destination, OtherDemandsAreAnotherDestination) {
  const Route hosts = route({{10, "x.test"}});
  WayOut strict = by_mx("b.test");
  strict.tls.level = TlsLevel::kVerify;
  EXPECT_NE(destination_name(by_mx("a.test"), hosts), destination_name(strict, hosts));
  Route vouched = hosts;
  vouched.authenticated = true;
  EXPECT_NE(destination_name(by_mx("a.test"), hosts), destination_name(by_mx("a.test"), vouched));
}

TEST(Destination, WhatTheSettingsNameIsItself) {
  WayOut smarthost;
  smarthost.name = "*";
  smarthost.host = conf::Endpoint{"relay.test", 25};
  EXPECT_EQ(destination_name(smarthost, route({{0, "relay.test"}})), "*");
  WayOut socket;
  socket.name = "unix:/run/lmtp";
  socket.socket = "/run/lmtp";
  EXPECT_EQ(destination_name(socket, {}), "unix:/run/lmtp");
}

TEST(Destination, AHostThatFailedComesLastForAWhile) {
  Destination destination;
  destination.route =
      std::make_shared<Route>(route({{10, "a.test"}, {20, "b.test"}, {30, "c.test"}}));
  destination.blame("a.test", 1000);
  EXPECT_EQ(names(destination.hosts_to_try(1001, never_swapped)),
            (std::vector<std::string>{"b.test", "c.test", "a.test"}));
  EXPECT_EQ(names(destination.hosts_to_try(1300, never_swapped)),
            (std::vector<std::string>{"a.test", "b.test", "c.test"}));
}

TEST(Destination, EqualHostsAreDrawnForEachConnectionAnew) {
  Destination destination;
  destination.route =
      std::make_shared<Route>(route({{10, "a.test"}, {10, "b.test"}, {20, "c.test"}}));
  std::uint32_t drawn = 0;
  std::set<std::vector<std::string>> orders;
  for (int i = 0; i < 3; ++i)
    orders.insert(names(destination.hosts_to_try(0, [&] { return drawn++; })));
  EXPECT_EQ(orders, (std::set<std::vector<std::string>>{{"a.test", "b.test", "c.test"},
                                                        {"b.test", "a.test", "c.test"}}));
  destination.blame("a.test", 1000);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(destination.hosts_to_try(1001, [&] { return drawn++; }).front().name, "b.test");
}

TEST(Destination, FiveHostsAreEnough) {
  Destination destination;
  Route many;
  for (int i = 0; i < 30; ++i) many.hosts.push_back({std::to_string(i) + ".test", {}, 10});
  destination.route = std::make_shared<Route>(many);
  EXPECT_EQ(destination.hosts_to_try(0, never_swapped).size(), 5u);
}

TEST(Destination, ASocketIsItsOnlyHost) {
  Destination destination;
  destination.way.socket = "/run/lmtp";
  destination.route = std::make_shared<Route>();
  EXPECT_EQ(names(destination.hosts_to_try(0, never_swapped)),
            std::vector<std::string>{"/run/lmtp"});
}

TEST(Destination, WantsAConnectionForWhatNoOtherTakes) {
  Destination destination;
  EXPECT_FALSE(destination.wants_connection(0));
  destination.line.push({}, {1, {0}});
  EXPECT_TRUE(destination.wants_connection(0));
  destination.connections = destination.opening = 1;
  destination.line.push({}, {2, {0}});
  EXPECT_FALSE(destination.wants_connection(0)) << "one, until it is known";
  destination.window.succeeded({}, 0);
  EXPECT_TRUE(destination.wants_connection(0));
}

TEST(Destination, IsForgottenWhenNothingIsLeftToRemember) {
  Destination destination;
  EXPECT_TRUE(destination.forgettable(10000));
  destination.connections = 1;
  EXPECT_FALSE(destination.forgettable(10000));
  destination.connections = 0;
  destination.line.push({}, {1, {0}});
  EXPECT_FALSE(destination.forgettable(10000));
}

}  // namespace
}  // namespace smtpd
