#include "mua/sync/engine.hpp"

#include <poll.h>

#include "mua/query.hpp"
#include "mua/sync/actions.hpp"
#include "tests/mua/sync/store_trial.hpp"
#include "tests/mua/trial.hpp"

namespace mua::sync {
namespace {

class EngineTest : public StoreTrial {
 protected:
  /// Waits for an event of the kind for which `wanted` holds.
  template <class E, class Wanted>
  std::optional<E> wait(Wanted wanted) {
    for (int round = 0; round < 300; ++round) {
      for (const Event& event : events.take()) {
        const auto* found = std::get_if<E>(&event);
        if (found && wanted(*found)) return *found;
      }
      pollfd one{events.fd(), POLLIN, 0};
      ::poll(&one, 1, 100);
    }
    return std::nullopt;
  }
  static std::string secret() { return "secret"; }

  static constexpr const char* kLogin =
      "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] ready\n"
      "C: A1 AUTHENTICATE PLAIN AGFubkB4LnRlc3QAc2VjcmV0\n";
  static constexpr const char* kQuiet =
      "S: A1 OK [CAPABILITY IMAP4rev1 IDLE] in\n"
      "C: A2 SELECT INBOX\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 1] x\n"
      "S: A2 OK\nC: A3 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: A3 OK\n";
  Events events;
};

TEST_F(EngineTest, WorksWithoutAServer) {
  Engine engine(loopback_account(1, 1), secret, store.file(), events);
  const auto link =
      wait<LinkChanged>([](const LinkChanged& l) { return l.link == Link::kOffline; });
  ASSERT_TRUE(link);
  EXPECT_NE(link->text.find("127.0.0.1:1"), std::string::npos);
  EXPECT_GT(link->retry_at, 0);
  const MessageId id = put(1, "local");
  engine.search(1, inbox, *parse_query("local"));
  const auto found = wait<Found>([](const Found&) { return true; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->messages, std::vector<MessageId>{id});
}

TEST_F(EngineTest, IsLiveAgainWhenTheServerIsBack) {
  const ScriptedServer server(
      {std::string(kLogin) + kQuiet + "C: A4 IDLE\nS: + ok\nS: * BYE shutting down\n",
       std::string(kLogin) +
           "S: A1 OK [CAPABILITY IMAP4rev1 IDLE] in\n"
           "C: A2 SELECT INBOX\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 1] x\n"
           "S: A2 OK\nC: A3 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: A3 OK\nC: A4 IDLE\n"
           "S: + ok\nC: DONE\nS: A4 OK\nC: A5 LOGOUT\nS: * BYE\nS: A5 OK\n"});
  Engine engine(loopback_account(server.port(), 1), secret, store.file(), events);
  const auto is = [](Link link) { return [link](const LinkChanged& l) { return l.link == link; }; };
  EXPECT_TRUE(wait<LinkChanged>(is(Link::kOffline)));
  EXPECT_TRUE(wait<LinkChanged>(is(Link::kLive)));
}

TEST_F(EngineTest, ARefusedLoginIsNotTriedAgainByItself) {
  const ScriptedServer server({std::string(kLogin) + "S: A1 NO [AUTHENTICATIONFAILED] no\n"});
  Engine engine(loopback_account(server.port(), 1), secret, store.file(), events);
  const auto link =
      wait<LinkChanged>([](const LinkChanged& l) { return l.link == Link::kRefused; });
  ASSERT_TRUE(link);
  EXPECT_EQ(link->retry_at, 0);
  EXPECT_FALSE(link->advice.empty());
}

TEST_F(EngineTest, TwoProcessesDoNotTellTheServerTheSame) {
  Engine first(loopback_account(1, 1), secret, store.file(), events);
  wait<LinkChanged>([](const LinkChanged& l) { return l.link == Link::kOffline; });
  Events others;
  Engine second(loopback_account(1, 1), secret, store.file(), others);
  pollfd one{others.fd(), POLLIN, 0};
  ASSERT_EQ(::poll(&one, 1, 20'000), 1);
  const auto all = others.take();
  ASSERT_TRUE(std::holds_alternative<LinkChanged>(all.front()));
  const LinkChanged& link = std::get<LinkChanged>(all.front());
  EXPECT_NE(link.text.find(".lock"), std::string::npos) << link.text;
  EXPECT_EQ(link.cause, LinkChanged::Cause::kStore);
  EXPECT_EQ(link.link, Link::kOffline);
  EXPECT_GT(link.retry_at, 0) << "it is tried again by itself";
}

TEST_F(EngineTest, WhereAnotherProcessHasTheAccountItIsSearchedAllTheSame) {
  Engine first(loopback_account(1, 1), secret, store.file(), events);
  wait<LinkChanged>([](const LinkChanged& l) { return l.link == Link::kOffline; });
  const MessageId id = put(1, "local");
  Events others;
  Engine second(loopback_account(1, 1), secret, store.file(), others);
  second.search(1, inbox, *parse_query("local"));
  std::vector<Found> found;
  for (int round = 0; round < 300 && found.size() < 2; ++round) {
    for (const Event& event : others.take()) {
      if (const auto* one = std::get_if<Found>(&event)) found.push_back(*one);
    }
    pollfd one{others.fd(), POLLIN, 0};
    ::poll(&one, 1, 100);
  }
  ASSERT_GE(found.size(), 2u);  // "offline" is said at each try
  EXPECT_EQ(found[0].messages, std::vector<MessageId>{id});
  EXPECT_EQ(found[1].from, Found::From::kServer);
  EXPECT_EQ(found[1].why, "offline");
}

}  // namespace
}  // namespace mua::sync
