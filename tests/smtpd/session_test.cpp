// What dialogues can't show: how octets are cut, and how replies are written. The dialogues proper
// are in tests/dialogs.
#include "smtpd/session.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "tests/dialogs/client.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

const std::string kWhole =
    "EHLO client.test\r\nMAIL FROM:<carol@elsewhere.test>\r\nRCPT TO:<bob@example.test>\r\n"
    "BDAT 14\r\nSubject: x\r\n\r\nBDAT 6 LAST\r\nbody\r\nMAIL FROM:<>\r\n"
    "RCPT TO:<bob@example.test>\r\nDATA\r\nSubject: y\r\n\r\n..\r\n.\r\nQUIT\r\n";

std::string replies(MailDomain& domain, std::size_t piece) {
  dialogs::Client client(domain.port("mx"));
  for (std::size_t at = 0; at < kWhole.size(); at += piece) client.send(kWhole.substr(at, piece));
  std::string codes;
  while (const auto line = client.read_line()) codes += line->substr(0, 4);
  return codes;
}

TEST(Session, OctetsMayComeInAnyPieces) {
  MailDomain domain;
  domain.add_user("bob", "secret");
  const std::string whole = replies(domain, kWhole.size());
  EXPECT_EQ(whole.substr(whole.find("250 ")), "250 250 250 250 250 250 250 354 250 221 ");
  EXPECT_EQ(replies(domain, 1), whole);
  EXPECT_EQ(replies(domain, 7), whole);
  domain.wait_for_message("bob", 6);
}

/// All that comes until `count` lines are there, and in how many reads.
int reads_for(int socket, int count) {
  int reads = 0;
  for (int lines = 0; lines < count; ++reads) {
    char buffer[65536];
    const auto got = ::recv(socket, buffer, sizeof buffer, 0);
    if (got <= 0) break;
    lines += static_cast<int>(std::count(buffer, buffer + got, '\n'));
  }
  return reads;
}

TEST(Session, RepliesToPipelinedCommandsComeTogether) {
  MailDomain domain;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(domain.port("mx"));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(reads_for(socket, 1), 1);
  std::string commands;
  for (int i = 0; i < 50; ++i) commands += "NOOP\r\n";
  ASSERT_EQ(::send(socket, commands.data(), commands.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(commands.size()));
  EXPECT_EQ(reads_for(socket, 50), 1);
  ::close(socket);
}

TEST(Session, TheCutClientHasSentNothing) {
  MailDomain domain;
  domain.add_user("bob", "secret");
  const std::size_t end = kWhole.find("BDAT 6") + 10;
  for (std::size_t cut = 0; cut < end; cut += 5) {
    dialogs::Client client(domain.port("mx"));
    client.send(kWhole.substr(0, cut));
  }
  replies(domain, kWhole.size());
  domain.wait_for_message("bob", 2);
  EXPECT_EQ(domain.inbox("bob").size(), 2u);
}

}  // namespace
}  // namespace smtpd
