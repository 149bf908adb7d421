#include "smtpd/resolver.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "tests/smtpd/name_server.hpp"

namespace smtpd {
namespace {

using Manner = NameServer::Manner;
using Texts = std::vector<std::string>;

asio::awaitable<void> into(asio::awaitable<Route> finding, Route& route) {
  route = co_await std::move(finding);
}

class ResolverTest : public testing::Test {
 protected:
  ResolverTest() {
    settings_.mode = "forward";
    settings_.servers = {server_.endpoint()};
    settings_.timeout = conf::seconds(1);
  }

  Route find(const std::string& domain) { return run(resolver().find_route(domain)); }
  Route find_host(const std::string& name) { return run(resolver().find_host(name)); }

  static Texts names(const Route& route) {
    Texts names;
    for (const Host& host : route.hosts) names.push_back(host.name);
    return names;
  }
  static Texts addresses(const Host& host) {
    Texts addresses;
    for (const auto& address : host.addresses) addresses.push_back(address.to_string());
    return addresses;
  }

  NameServer server_;
  std::vector<asio::ip::tcp::endpoint> listening_;

 private:
  Resolver& resolver() {
    if (!resolver_) {
      resolver_.emplace(io_, settings_,
                        Self{[] { return "mail.self.test"; }, [this] { return listening_; }, 25});
    }
    return *resolver_;
  }
  Route run(asio::awaitable<Route> finding) {
    Route route;
    asio::co_spawn(io_, into(std::move(finding), route), asio::detached);
    io_.restart();
    io_.run();
    return route;
  }

  conf::DnsSettings settings_;
  asio::io_context io_;
  std::optional<Resolver> resolver_;
};

TEST_F(ResolverTest, FindsHostsInOrderWithTheirAddresses) {
  server_.mx("b.test", 20, "mx2.b.test");
  server_.mx("b.test", 10, "mx1.b.test");
  server_.address("mx1.b.test", "192.0.2.1");
  server_.address("mx1.b.test", "2001:db8::1");
  server_.address("mx2.b.test", "192.0.2.2");
  const Route route = find("b.test");
  ASSERT_EQ(names(route), (Texts{"mx1.b.test", "mx2.b.test"}));
  EXPECT_EQ(addresses(route.hosts[0]), (Texts{"2001:db8::1", "192.0.2.1"}));
  EXPECT_EQ(addresses(route.hosts[1]), Texts{"192.0.2.2"});
  EXPECT_EQ(route.hosts[1].preference, 20);
  EXPECT_EQ(route.refusal, "");
  EXPECT_FALSE(route.authenticated);
}

TEST_F(ResolverTest, ARouteIsGoodAsLongAsTheShortestOfItsAnswers) {
  server_.mx("b.test", 10, "mx.b.test");
  server_.address("mx.b.test", "192.0.2.1");
  server_.ttl(3600);
  EXPECT_EQ(find("b.test").ttl, kRouteKept);
  server_.ttl(7);
  server_.mx("c.test", 10, "mx.b.test");
  EXPECT_LE(find("c.test").ttl, 7) << "of the MX, though the address is good for an hour";
  server_.mx("d.test", 10, "mx.d.test");
  server_.address("mx.d.test", "192.0.2.2");
  server_.mx("e.test", 10, "mx.d.test");
  EXPECT_GE(find("e.test").ttl, 1);
}

TEST_F(ResolverTest, WithoutMxTheDomainItself) {
  server_.address("b.test", "2001:db8::1");
  const Route route = find("B.test");
  ASSERT_EQ(names(route), Texts{"b.test"});
  EXPECT_EQ(addresses(route.hosts[0]), Texts{"2001:db8::1"});
}

TEST_F(ResolverTest, NullMxIsRefusedAtOnce) {
  server_.mx("b.test", 0, "");
  server_.address("b.test", "192.0.2.1");
  EXPECT_TRUE(find("b.test").refusal.starts_with("556 5.1.10"));
}

TEST_F(ResolverTest, WhatDoesNotExistIsPermanent) {
  server_.address("mx.b.test", "192.0.2.1");  // b.test exists, without address
  server_.mx("c.test", 10, "gone.c.test");
  EXPECT_TRUE(find("none.test").refusal.starts_with("550 5.1.2"));
  EXPECT_TRUE(find("b.test").refusal.starts_with("550 5.1.2"));
  EXPECT_TRUE(find("c.test").refusal.starts_with("550 5.4.4"));
  EXPECT_TRUE(find(std::string(64, 'a') + ".test").refusal.starts_with("550 5.1.2"));
  EXPECT_TRUE(find("").refusal.starts_with("550 5.1.2"));
  EXPECT_TRUE(find("a..test").refusal.starts_with("550 5.1.2"));
}

TEST_F(ResolverTest, TroubleIsTemporary) {
  server_.behave("fails.test", Manner::kFails);
  server_.behave("silent.test", Manner::kSilent);
  server_.behave("lies.test", Manner::kWrongId);
  for (const char* domain : {"fails.test", "silent.test", "lies.test"}) {
    EXPECT_TRUE(find(domain).refusal.starts_with("451 4.4.3")) << domain;
  }
}

TEST_F(ResolverTest, TroubleWithAHostIsTemporaryUnlessAnotherIsKnown) {
  server_.mx("b.test", 10, "mx1.b.test");
  server_.behave("mx1.b.test", Manner::kFails);
  EXPECT_TRUE(find("b.test").refusal.starts_with("451 4.4.3"));
  server_.mx("c.test", 10, "mx1.b.test");
  server_.mx("c.test", 20, "mx2.c.test");
  server_.address("mx2.c.test", "192.0.2.1");
  EXPECT_EQ(names(find("c.test")), Texts{"mx2.c.test"});
}

TEST_F(ResolverTest, TheDomainMayBeAnAlias) {
  server_.cname("alias.test", "b.test");
  server_.mx("b.test", 10, "mx.b.test");
  server_.address("mx.b.test", "192.0.2.1");
  EXPECT_EQ(names(find("alias.test")), Texts{"mx.b.test"});
  server_.cname("bare.test", "mx.b.test");
  EXPECT_EQ(addresses(find("bare.test").hosts.at(0)), Texts{"192.0.2.1"});
}

TEST_F(ResolverTest, AnMxMayBeAnAliasToo) {
  server_.mx("b.test", 10, "alias.b.test");
  server_.cname("alias.b.test", "mx.b.test");
  server_.address("mx.b.test", "192.0.2.1");
  const Route route = find("b.test");
  ASSERT_EQ(names(route), Texts{"alias.b.test"});
  EXPECT_EQ(addresses(route.hosts[0]), Texts{"192.0.2.1"});
}

TEST_F(ResolverTest, LoopsToOurNameAndToOurAddresses) {
  listening_ = {{asio::ip::make_address("192.0.2.9"), 25}};
  server_.mx("name.test", 10, "mail.self.test");
  server_.mx("address.test", 10, "other.test");
  server_.address("other.test", "192.0.2.9");
  server_.mx("backup.test", 10, "mx.test");
  server_.mx("backup.test", 20, "other.test");
  server_.mx("backup.test", 30, "later.test");
  server_.address("mx.test", "192.0.2.1");
  server_.address("later.test", "192.0.2.3");
  server_.address("plain.test", "192.0.2.9");
  for (const char* domain : {"name.test", "address.test", "plain.test", "[192.0.2.9]"}) {
    EXPECT_TRUE(find(domain).refusal.starts_with("550 5.4.6")) << domain;
  }
  EXPECT_EQ(names(find("backup.test")), Texts{"mx.test"});
}

TEST_F(ResolverTest, AddressesThatLeadNowhereAreNone) {
  server_.mx("b.test", 10, "mx.b.test");
  for (const char* address : {"0.0.0.0", "::", "224.0.0.1"}) server_.address("mx.b.test", address);
  EXPECT_TRUE(find("b.test").refusal.starts_with("550 5.4.4"));
  server_.address("c.test", "::ffff:192.0.2.1");
  EXPECT_EQ(addresses(find("c.test").hosts.at(0)), Texts{"192.0.2.1"});
}

TEST_F(ResolverTest, AHostOfManyAddressesIsCut) {
  for (int i = 1; i <= 50; ++i) server_.address("b.test", "192.0.2." + std::to_string(i));
  for (int i = 1; i <= 50; ++i) server_.address("b.test", "2001:db8::" + std::to_string(i));
  const Route route = find("b.test");
  ASSERT_EQ(route.hosts.size(), 1u);
  ASSERT_EQ(route.hosts[0].addresses.size(), kMaxAddresses);
  EXPECT_TRUE(route.hosts[0].addresses[0].is_v6());
  EXPECT_TRUE(route.hosts[0].addresses[1].is_v4());
}

TEST_F(ResolverTest, Literals) {
  EXPECT_EQ(addresses(find("[192.0.2.1]").hosts.at(0)), Texts{"192.0.2.1"});
  EXPECT_EQ(addresses(find("[IPv6:2001:db8::1]").hosts.at(0)), Texts{"2001:db8::1"});
  EXPECT_TRUE(find("[192.0.2]").refusal.starts_with("550 5.1.2"));
}

TEST_F(ResolverTest, NamesOfEveryScript) {
  server_.address("xn--bcher-kva.test", "192.0.2.1");
  EXPECT_EQ(names(find("b\xc3\xbc"
                       "cher.test")),
            Texts{"xn--bcher-kva.test"});
}

// Whoever names a host in the settings may have made a mistake, which no sender should pay for.
TEST_F(ResolverTest, HostsOfTheSettingsAreAlwaysWorthAnotherTry) {
  listening_ = {{asio::ip::make_address("192.0.2.9"), 25}};
  server_.address("smart.test", "192.0.2.9");
  server_.mx("smart.test", 10, "elsewhere.test");
  EXPECT_EQ(addresses(find_host("smart.test").hosts.at(0)), Texts{"192.0.2.9"});
  EXPECT_EQ(addresses(find_host("127.0.0.1").hosts.at(0)), Texts{"127.0.0.1"});
  EXPECT_EQ(addresses(find_host("::1").hosts.at(0)), Texts{"::1"});
  EXPECT_EQ(find_host("none.test").refusal, "451 4.4.4 The host none.test has no address");
}

TEST(Resolver, OneAnswerOfBothIsEnough) {
  const std::string v4_data("\xc0\0\2\1", 4);
  const Answer v4{Answer::Status::kFound, {v4_data}, false, ""};
  const Answer trouble{Answer::Status::kTrouble, {}, false, "SERVFAIL"};
  const Answer none{Answer::Status::kNoRecords, {}, false, ""};
  EXPECT_EQ(to_host({10, "a.test"}, trouble, v4).trouble, "");
  EXPECT_EQ(to_host({10, "a.test"}, trouble, v4).addresses.size(), 1u);
  EXPECT_EQ(to_host({10, "a.test"}, trouble, none).trouble, "SERVFAIL");
  EXPECT_EQ(to_host({10, "a.test"}, none, none).trouble, "");
  const Answer garbled{Answer::Status::kFound, {"\1\2\3"}, false, ""};
  EXPECT_TRUE(to_host({10, "a.test"}, garbled, garbled).addresses.empty());
}

}  // namespace
}  // namespace smtpd
