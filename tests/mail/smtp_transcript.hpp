// SMTP as seen by the client, in text: what a server says, and what the client must write then.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"

namespace mail::smtp {

/// Everything the client has to write now.
inline std::string drain(Client& client) {
  std::string out;
  while (!client.output().empty()) {
    out += client.output();
    client.written();
  }
  return out;
}

/// Plays a transcript: "S: " lines are fed, what the client writes must be the "C: " lines that
/// follow, "TLS" is the handshake. Lines are separated by LF here and by CRLF on the wire.
inline void play(Client& client, const std::string& transcript) {
  std::istringstream in(transcript);
  std::string expected;
  std::string written = drain(client);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (line.starts_with("C: ")) {
      expected += line.substr(3) + "\r\n";
      continue;
    }
    ASSERT_EQ(written, expected) << "before " << line;
    expected.clear();
    if (line == "TLS") {
      ASSERT_EQ(client.wants(), Client::Wants::kTls);
      client.encrypted({});
    } else {
      ASSERT_EQ(client.wants(), Client::Wants::kLine) << "before " << line;
      client.receive(line.substr(3));
    }
    written = drain(client);
  }
  EXPECT_EQ(written, expected) << "at the end";
}

inline ClientOptions plain_options() {
  ClientOptions options;
  options.hostname = "client.test";
  options.security = ClientOptions::Security::kNone;
  return options;
}

inline OutgoingMessage message_to(std::vector<std::string> recipients,
                                  std::string_view content = "Subject: x\r\n\r\nhello\r\n") {
  OutgoingMessage message;
  message.sender = {"ann", "example.test"};
  for (const auto& r : recipients) message.recipients.push_back({*parse_address(r), "", ""});
  message.content = content;
  return message;
}

inline std::vector<std::string> replies(const Client& client) {
  std::vector<std::string> out;
  for (const auto& o : client.outcomes()) {
    out.push_back(to_line(o.reply) + (o.local ? " (local, " : " (") +
                  std::string(name_of(o.stage)) + ")");
  }
  return out;
}

}  // namespace mail::smtp
