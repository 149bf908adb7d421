#include "mailctl/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "conf/endpoint.hpp"
#include "conf/value_error.hpp"
#include "tls/local_socket.hpp"
#include "tls/stream.hpp"

namespace mailctl {
namespace {

using std::chrono::steady_clock;

constexpr tls::Seconds kPatience{5};
constexpr std::size_t kLongestLine = 4096;
constexpr auto kPause = std::chrono::milliseconds(50);

bool is_tls(Protocol protocol) {
  return protocol == Protocol::kSmtpTls || protocol == Protocol::kImapTls;
}

bool is_imap(Protocol protocol) {
  return protocol == Protocol::kImap || protocol == Protocol::kImapTls;
}

[[noreturn]] void unexpected(const std::string& line) {
  throw std::runtime_error(fmt::format("it says \"{}\"", line));
}

/// Reads lines until one that begins with `last`; another one that begins with `refusal` is
/// refused.
asio::awaitable<void> expect(tls::Stream& stream, std::string last, std::string refusal) {
  for (;;) {
    const auto line = co_await stream.read_line(kLongestLine);
    if (line.text.starts_with(last)) co_return;
    if (!line.text.starts_with(refusal)) unexpected(line.text);
  }
}

asio::awaitable<void> ask_smtp(tls::Stream& stream, Protocol protocol) {
  co_await expect(stream, "220 ", "220-");
  const std::string hello = protocol == Protocol::kLmtp ? "LHLO" : "EHLO";
  const std::string line = hello + " localhost\r\n";
  co_await stream.write(line);
  co_await expect(stream, "250 ", "250-");
  co_await stream.write("QUIT\r\n");
  co_await expect(stream, "221 ", "221-");
}

// quoted = DQUOTE *(TEXT-CHAR / "\" quoted-specials) DQUOTE                   RFC 9051 §9
std::string quoted(const std::string& text) {
  std::string written = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') written += '\\';
    written += c;
  }
  return written + "\"";
}

asio::awaitable<void> ask_imap(tls::Stream& stream, const Login* login) {
  co_await expect(stream, "* OK", "* OK");
  const auto command = login != nullptr ? fmt::format("a LOGIN {} {}\r\n", quoted(login->user),
                                                      quoted(login->password))
                                        : std::string("a NOOP\r\n");
  co_await stream.write(command);
  co_await expect(stream, "a OK", "* ");
  co_await stream.write("b LOGOUT\r\n");
  co_await expect(stream, "b OK", "* ");
}

/// Where a listener is reached from this machine.
std::string reachable(const std::string& host) {
  return host == "*" || host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host;
}

asio::awaitable<tls::Stream> reach(const Answer& answer) {
  if (!answer.socket.empty()) co_return co_await tls::connect_local(answer.socket, kPatience);
  const auto host = reachable(answer.endpoint.host);
  co_return co_await tls::connect(host, answer.endpoint.port, kPatience);
}

asio::awaitable<void> ask(Answer& answer, const conf::Settings& settings, const Login* login) {
  answer.problem.clear();
  try {
    auto stream = co_await reach(answer);
    stream.set_timeout(kPatience);
    if (is_tls(answer.protocol)) {
      const auto context = tls::client_context(settings.tls.ca);
      co_await stream.handshake_client(context, settings.hostname);
    }
    if (is_imap(answer.protocol))
      co_await ask_imap(stream, is_tls(answer.protocol) ? login : nullptr);
    else
      co_await ask_smtp(stream, answer.protocol);
    co_await stream.close();
  } catch (const conf::ValueError& error) {
    answer.problem = conf::placed(error, settings).what();
  } catch (const std::exception& error) {
    answer.problem = error.what();
  }
}

void ask_all(std::vector<Answer>& answers, const conf::Settings& settings, const Login* login) {
  asio::io_context io;
  for (auto& answer : answers) asio::co_spawn(io, ask(answer, settings, login), asio::detached);
  io.run();
}

bool all_answered(const std::vector<Answer>& answers) {
  return std::all_of(answers.begin(), answers.end(),
                     [](const Answer& answer) { return answer.problem.empty(); });
}

}  // namespace

std::string Answer::place() const {
  return socket.empty() ? conf::format_endpoint(endpoint) : "unix:" + socket.string();
}

std::vector<Answer> listeners_of(const conf::Settings& settings) {
  std::vector<Answer> answers;
  const auto add = [&](const char* name, Protocol protocol,
                       const std::vector<conf::Endpoint>& endpoints) {
    for (const auto& endpoint : endpoints) answers.push_back({name, endpoint, protocol});
  };
  add("smtp", Protocol::kSmtp, settings.smtp.listen);
  add("submission", Protocol::kSmtp, settings.smtp.submission);
  add("submissions", Protocol::kSmtpTls, settings.smtp.submissions);
  add("lmtp", Protocol::kLmtp, settings.lmtp.listen);
  for (const auto& socket : settings.lmtp.sockets)
    answers.push_back({"lmtp", {}, Protocol::kLmtp, "", socket});
  add("imap", Protocol::kImap, settings.imap.listen);
  add("imaps", Protocol::kImapTls, settings.imap.imaps);
  return answers;
}

std::vector<Answer> probe(const conf::Settings& settings, const std::optional<Login>& login,
                          conf::seconds wait) {
  auto answers = listeners_of(settings);
  const auto end = steady_clock::now() + wait;
  for (;;) {
    ask_all(answers, settings, login ? &*login : nullptr);
    if (all_answered(answers) || steady_clock::now() >= end) return answers;
    // Only those that did not answer are asked again through a short pause; starting takes moments.
    asio::io_context io;
    asio::steady_timer(io, kPause).wait();
  }
}

}  // namespace mailctl
