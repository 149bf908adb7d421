#include "mailctl/probe.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tls/server.hpp"

namespace mailctl {
namespace {

/// Says `greeting`, then answers every line with the next of `answers`.
tls::SessionFunction speaking(std::string greeting, std::vector<std::string> answers) {
  struct Script {
    static asio::awaitable<void> play(tls::Stream stream, std::vector<std::string> lines) {
      co_await stream.write(lines.front());
      for (std::size_t i = 1; i < lines.size(); ++i) {
        co_await stream.read_line(1000);
        co_await stream.write(lines[i]);
      }
      co_await stream.close();
    }
  };
  answers.insert(answers.begin(), std::move(greeting));
  return [answers](tls::Stream stream) { return Script::play(std::move(stream), answers); };
}

std::string problem_with(tls::SessionFunction session, bool imap) {
  tls::Server server(1);
  server.listen({{"127.0.0.1", 0}}, std::move(session), tls::ConnectionLimits{});
  std::jthread thread([&] { server.run(); });
  conf::Settings settings;
  settings.hostname = "localhost";
  auto& listen = imap ? settings.imap.listen : settings.smtp.listen;
  listen = {{"127.0.0.1", server.listening().at(0).port()}};
  const auto answers = probe(settings, std::nullopt, conf::seconds(0));
  server.stop();
  return answers.at(0).problem;
}

TEST(Probe, SmtpAnswersToEhlo) {
  EXPECT_EQ(
      problem_with(speaking("220-a\r\n220 b\r\n", {"250-x\r\n250 SIZE\r\n", "221 bye\r\n"}), false),
      "");
  EXPECT_EQ(problem_with(speaking("421 not now\r\n", {}), false), "it says \"421 not now\"");
  EXPECT_EQ(problem_with(speaking("220 b\r\n", {"550 no\r\n"}), false), "it says \"550 no\"");
}

TEST(Probe, ImapAnswersToNoop) {
  EXPECT_EQ(
      problem_with(speaking("* OK ready\r\n", {"a OK done\r\n", "* BYE x\r\nb OK done\r\n"}), true),
      "");
  EXPECT_EQ(problem_with(speaking("* BYE full\r\n", {}), true), "it says \"* BYE full\"");
}

TEST(Probe, KnowsEveryListener) {
  conf::Settings settings;
  settings.smtp.listen = {{"*", 25}};
  settings.imap.imaps = {{"127.0.0.1", 993}, {"::1", 993}};
  const auto listeners = listeners_of(settings);
  ASSERT_EQ(listeners.size(), 3u);
  EXPECT_EQ(listeners[0].name, "smtp");
  EXPECT_EQ(listeners[2].protocol, Protocol::kImapTls);
}

}  // namespace
}  // namespace mailctl
