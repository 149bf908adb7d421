#include "mailctl/probe.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/temporary_folder.hpp"
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

asio::awaitable<void> says_what_it_heard(tls::Stream stream) {
  co_await stream.write("220 x\r\n");
  const tls::Line line = co_await stream.read_line(1000);
  const std::string answer = "550 " + line.text + "\r\n";
  co_await stream.write(answer);
  co_await stream.close();
}

/// What is wrong with a server that LMTP is expected of.
std::string problem_with_lmtp(tls::SessionFunction session, const tls::LocalSocket& socket) {
  tls::Server server(1);
  server.listen(socket, std::move(session),
                std::make_shared<tls::ConnectionCount>(tls::ConnectionLimits{}));
  std::jthread thread([&] { server.run(); });
  conf::Settings settings;
  settings.lmtp.sockets = {socket.path};
  const auto answers = probe(settings, std::nullopt, conf::seconds(0));
  server.stop();
  return answers.at(0).problem;
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

TEST(Probe, LmtpAnswersToLhlo) {
  const tests::TemporaryFolder folder;
  const auto polite = [](tls::Stream stream) -> asio::awaitable<void> {
    return says_what_it_heard(std::move(stream));
  };
  EXPECT_EQ(problem_with_lmtp(polite, {folder / "lmtp", 0600, ""}),
            "it says \"550 LHLO localhost\"");
  EXPECT_EQ(problem_with_lmtp(speaking("220 x\r\n", {"250 x\r\n", "221 bye\r\n"}),
                              {folder / "lmtp", 0600, ""}),
            "");
}

TEST(Probe, KnowsEveryListener) {
  conf::Settings settings;
  settings.smtp.listen = {{"*", 25}};
  settings.lmtp.listen = {{"127.0.0.1", 24}};
  settings.lmtp.sockets = {"/run/lmtp.sock"};
  settings.imap.imaps = {{"127.0.0.1", 993}, {"::1", 993}};
  std::vector<std::string> places;
  for (const Answer& listener : listeners_of(settings))
    places.push_back(listener.name + " " + listener.place());
  EXPECT_EQ(places,
            (std::vector<std::string>{"smtp *:25", "lmtp 127.0.0.1:24", "lmtp unix:/run/lmtp.sock",
                                      "imaps 127.0.0.1:993", "imaps [::1]:993"}));
}

}  // namespace
}  // namespace mailctl
