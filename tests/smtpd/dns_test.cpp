#include "smtpd/dns.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <optional>

#include "tests/smtpd/name_server.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

using Manner = NameServer::Manner;
using Status = Answer::Status;

asio::awaitable<void> ask_into(Dns& dns, std::vector<Question> questions,
                               std::vector<Answer>& answers) {
  answers = co_await dns.ask(std::move(questions));
}

class DnsTest : public testing::Test {
 protected:
  DnsTest() {
    settings_.mode = "forward";
    settings_.servers = {server_.endpoint()};
    settings_.timeout = conf::seconds(20);
  }

  std::vector<Answer> ask(std::vector<Question> questions) {
    if (!dns_) dns_.emplace(io_, settings_);
    std::vector<Answer> answers;
    asio::co_spawn(io_, ask_into(*dns_, std::move(questions), answers), asio::detached);
    io_.restart();
    io_.run();
    return answers;
  }
  Answer ask(const std::string& name, RecordType type = RecordType::kA) {
    return ask(std::vector<Question>{{name, type}}).at(0);
  }

  NameServer server_;
  conf::DnsSettings settings_;
  asio::io_context io_;
  std::optional<Dns> dns_;
};

const std::string kAddress = {'\xc0', '\0', '\x02', '\x01'};  // 192.0.2.1

TEST_F(DnsTest, TellsWhatThereIsAndWhatThereIsNot) {
  server_.address("a.test", "192.0.2.1");
  const auto answers =
      ask({{"a.test", RecordType::kA}, {"a.test", RecordType::kMx}, {"b.test", RecordType::kA}});
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0].status, Status::kFound);
  EXPECT_EQ(answers[0].records, std::vector<std::string>{kAddress});
  EXPECT_EQ(answers[1].status, Status::kNoRecords);
  EXPECT_EQ(answers[2].status, Status::kNoDomain);
  EXPECT_FALSE(answers[0].secure);
}

TEST_F(DnsTest, KeepsAnswersForTheirTime) {
  server_.address("a.test", "192.0.2.1");
  EXPECT_EQ(ask("a.test").status, Status::kFound);
  const unsigned asked = server_.asked("a.test");
  EXPECT_EQ(ask("a.test").status, Status::kFound);
  EXPECT_EQ(server_.asked("a.test"), asked);
}

TEST_F(DnsTest, KeepsNothingWithoutTime) {
  server_.ttl(0);
  server_.address("a.test", "192.0.2.1");
  ask("a.test");
  const unsigned asked = server_.asked("a.test");
  ask("a.test");
  EXPECT_GT(server_.asked("a.test"), asked);
}

TEST_F(DnsTest, FailuresAreTrouble) {
  for (const Manner manner : {Manner::kFails, Manner::kRefuses}) {
    const std::string name = manner == Manner::kFails ? "fails.test" : "refuses.test";
    server_.behave(name, manner);
    const Answer answer = ask(name);
    EXPECT_EQ(answer.status, Status::kTrouble) << name;
    EXPECT_NE(answer.reason, "") << name;
  }
}

TEST_F(DnsTest, SilenceIsTrouble) {
  settings_.timeout = conf::seconds(1);
  server_.behave("silent.test", Manner::kSilent);
  const Answer answer = ask("silent.test");
  EXPECT_EQ(answer.status, Status::kTrouble);
  EXPECT_EQ(answer.reason, "no answer within 1 s");
  // What was given up is in nobody's way.
  server_.address("a.test", "192.0.2.1");
  EXPECT_EQ(ask("a.test").status, Status::kFound);
}

TEST_F(DnsTest, AnAnswerUnderAnotherIdIsNone) {
  settings_.timeout = conf::seconds(1);
  server_.address("a.test", "192.0.2.1");
  server_.behave("a.test", Manner::kWrongIdFirst);
  EXPECT_EQ(ask("a.test").records, std::vector<std::string>{kAddress});
  server_.behave("b.test", Manner::kWrongId);
  EXPECT_EQ(ask("b.test").status, Status::kTrouble);
}

TEST_F(DnsTest, AnAnswerToAnotherQuestionIsNone) {
  settings_.timeout = conf::seconds(1);
  server_.behave("a.test", Manner::kWrongName);
  EXPECT_EQ(ask("a.test").status, Status::kTrouble);
}

TEST_F(DnsTest, WhatIsCutShortIsAskedForByTcp) {
  server_.address("a.test", "192.0.2.1");
  server_.behave("a.test", Manner::kTruncates);
  EXPECT_EQ(ask("a.test").records, std::vector<std::string>{kAddress});
}

TEST_F(DnsTest, FollowsAliases) {
  server_.cname("a.test", "b.test");
  server_.cname("b.test", "c.test");
  server_.address("c.test", "192.0.2.1");
  EXPECT_EQ(ask("a.test").records, std::vector<std::string>{kAddress});
}

TEST_F(DnsTest, AliasesInACircleAreTrouble) {
  server_.cname("a.test", "b.test");
  server_.cname("b.test", "a.test");
  EXPECT_EQ(ask("a.test").status, Status::kTrouble);
}

TEST_F(DnsTest, ANameThatCannotBeWrittenDoesNotExist) {
  EXPECT_EQ(ask(std::string(64, 'a') + ".test").status, Status::kNoDomain);
}

TEST_F(DnsTest, ManyAtOnce) {
  std::vector<Question> questions;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "n" + std::to_string(i) + ".test";
    if (i % 2) server_.address(name, "192.0.2.1");
    questions.push_back({name, RecordType::kA});
  }
  const auto answers = ask(questions);
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(answers.at(i).status, i % 2 ? Status::kFound : Status::kNoDomain) << i;
  }
}

TEST_F(DnsTest, TheSecondServerAnswersWhereTheFirstDoesNot) {
  NameServer second;
  server_.behave("a.test", Manner::kFails);
  second.address("a.test", "192.0.2.1");
  settings_.servers = {server_.endpoint(), second.endpoint()};
  EXPECT_EQ(ask("a.test").records, std::vector<std::string>{kAddress});
}

TEST_F(DnsTest, AStubHasServersOfItsOwn) {
  NameServer inside;
  inside.address("mx.inside.test", "192.0.2.1");
  settings_.stubs = {{"inside.test", {inside.endpoint()}, ""}};
  EXPECT_EQ(ask("mx.inside.test").records, std::vector<std::string>{kAddress});
  EXPECT_EQ(ask("mx.outside.test").status, Status::kNoDomain);
  EXPECT_EQ(server_.asked("mx.inside.test"), 0u);
}

TEST_F(DnsTest, AStubSparesTheWayFromTheRoot) {
  settings_ = {"iterative", {}, "", "", conf::seconds(20), {{"test", {server_.endpoint()}, ""}}};
  server_.address("a.test", "192.0.2.1");
  EXPECT_EQ(ask("a.test").records, std::vector<std::string>{kAddress});
  EXPECT_EQ(ask("b.test").status, Status::kNoDomain);
}

TEST_F(DnsTest, ChangesItsServersWhileItRuns) {
  NameServer other;
  other.address("a.test", "192.0.2.1");
  EXPECT_EQ(ask("a.test").status, Status::kNoDomain);
  settings_.servers = {other.endpoint()};
  dns_->change(settings_);
  io_.restart();
  io_.run();
  EXPECT_EQ(ask("a.test").status, Status::kFound);
}

TEST_F(DnsTest, TheSameSettingsKeepTheCache) {
  server_.address("a.test", "192.0.2.1");
  ask("a.test");
  const unsigned asked = server_.asked("a.test");
  dns_->change(settings_);
  ask("a.test");
  EXPECT_EQ(server_.asked("a.test"), asked);
}

TEST_F(DnsTest, WrongSettingsChangeNothing) {
  server_.address("a.test", "192.0.2.1");
  ask("a.test");
  auto wrong = settings_;
  wrong.trust_anchor = "/nowhere/root.key";
  EXPECT_THROW(dns_->change(wrong), std::runtime_error);
  EXPECT_EQ(ask("a.test").status, Status::kFound);
}

// An answer that is waited for is of the libunbound that was asked.
TEST_F(DnsTest, AChangeDisturbsNoQuestion) {
  settings_.timeout = conf::seconds(1);
  server_.behave("silent.test", Manner::kSilent);
  dns_.emplace(io_, settings_);
  std::vector<Answer> answers;
  asio::co_spawn(io_, ask_into(*dns_, {{"silent.test", RecordType::kA}}, answers), asio::detached);
  io_.poll();
  settings_.timeout = conf::seconds(2);
  dns_->change(settings_);
  io_.restart();
  io_.run();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].reason, "no answer within 1 s");
}

// The question's frame goes with the io_context, after Dns; the sanitizers watch.
TEST(Dns, EndsWithAQuestionOpen) {
  NameServer server;
  server.behave("silent.test", Manner::kSilent);
  std::vector<Answer> answers;
  {
    asio::io_context io;
    Dns dns(io, {"forward", {server.endpoint()}, "", {}, conf::seconds(30), {}});
    asio::co_spawn(io, ask_into(dns, {{"silent.test", RecordType::kA}}, answers), asio::detached);
    io.poll();
  }
  EXPECT_TRUE(answers.empty());
}

}  // namespace
}  // namespace smtpd
