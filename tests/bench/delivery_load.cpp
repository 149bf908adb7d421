// Sends messages over a number of SMTP sessions to all accounts in turn and waits until IMAP shows
// each of them in its mailbox:
//   delivery_load SMTP-PORT IMAP-PORT SESSIONS MESSAGES OCTETS < accounts
// where each line of accounts is "address password". Prints the seconds until the last 250 and
// until the last message was visible: {"accepted": 1.23, "delivered": 1.25}
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <random>
#include <thread>
#include <vector>

#include "tests/bench/mailbox_watch.hpp"
#include "tests/bench/smtp_session.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Account {
  std::string address, password;
};

struct Load {
  std::uint16_t smtp_port = 0, imap_port = 0;
  std::size_t sessions = 0, messages = 0, octets = 0;
  std::vector<Account> accounts;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Lines of words, different in every message, so that nothing gains by seeing the same text again.
std::string body(std::size_t octets, std::mt19937& random) {
  std::string text;
  while (text.size() < octets) {
    std::string line;
    while (line.size() < 66) {
      for (auto letters = 2 + random() % 8; letters > 0; --letters)
        line += static_cast<char>('a' + random() % 26);
      line += ' ';
    }
    text += line + "\r\n";
  }
  return text;
}

std::string message(std::size_t number, const std::string& recipient, std::string_view text) {
  return fmt::format(
      "From: Load <load@example.net>\r\nTo: <{}>\r\nSubject: Message {} of the load\r\n"
      "Date: Mon, 01 Jan 2024 12:00:00 +0000\r\nMessage-ID: <{}.{}@example.net>\r\n"
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}.\r\n",
      recipient, number, number, Clock::now().time_since_epoch().count(), text);
}

/// Polls all sessions until each has sent its share.
void run_sessions(std::vector<SmtpSession>& sessions) {
  std::vector<pollfd> waiting;
  for (auto& session : sessions) waiting.push_back({session.descriptor(), POLLIN, 0});
  for (auto left = sessions.size(); left > 0;) {
    if (poll(waiting.data(), waiting.size(), 60'000) == 0)
      throw std::runtime_error("no reply for a minute");
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      sessions[i].advance();
      if (!sessions[i].finished()) continue;
      waiting[i].fd = -1;
      --left;
    }
  }
}

void wait_for(MailboxWatch& mailbox, std::size_t count, Clock::time_point give_up) {
  while (mailbox.messages() < count) {
    if (Clock::now() > give_up) throw std::runtime_error("messages are missing after 2 minutes");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void run(const Load& load) {
  std::vector<MailboxWatch> mailboxes;
  std::vector<std::size_t> expected;
  for (const auto& [address, password] : load.accounts) {
    mailboxes.emplace_back(load.imap_port, address, password);
    expected.push_back(mailboxes.back().messages());
  }
  std::mt19937 random(std::random_device{}());
  const auto text = body(load.octets * 64, random);
  std::size_t number = 0;
  const auto next = [&]() -> std::optional<Letter> {
    if (number == load.messages) return std::nullopt;
    const auto to = number++ % load.accounts.size();
    ++expected[to];
    const auto begin = text.find('\n', random() % (load.octets * 62)) + 1;
    const auto end = text.find('\n', begin + load.octets - 400) + 1;
    const auto& address = load.accounts[to].address;
    const auto content = std::string_view(text).substr(begin, end - begin);
    return Letter{address, message(number, address, content)};
  };
  const auto start = Clock::now();
  std::vector<SmtpSession> sessions;
  for (std::size_t i = 0; i < load.sessions; ++i) sessions.emplace_back(load.smtp_port, next);
  run_sessions(sessions);
  const auto accepted = seconds_since(start);
  for (std::size_t i = 0; i < mailboxes.size(); ++i)
    wait_for(mailboxes[i], expected[i], start + std::chrono::minutes(2));
  fmt::print("{{\"accepted\": {:.4f}, \"delivered\": {:.4f}}}\n", accepted, seconds_since(start));
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  if (argc != 6) {
    fmt::print(stderr,
               "usage: delivery_load SMTP-PORT IMAP-PORT SESSIONS MESSAGES OCTETS < accounts\n");
    return 2;
  }
  try {
    bench::Load load;
    load.smtp_port = static_cast<std::uint16_t>(std::stoul(argv[1]));
    load.imap_port = static_cast<std::uint16_t>(std::stoul(argv[2]));
    load.sessions = std::stoul(argv[3]);
    load.messages = std::stoul(argv[4]);
    load.octets = std::max(std::stoul(argv[5]), 1024ul);
    for (bench::Account account; std::cin >> account.address >> account.password;)
      load.accounts.push_back(account);
    bench::run(load);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "delivery_load: {}\n", error.what());
    return 1;
  }
}
