#include "mail/smtp_client.hpp"

#include <algorithm>

#include "tests/fuzz/targets.hpp"

namespace {

using mail::smtp::Client;

void drain(Client& client) {
  while (!client.output().empty()) client.written();
}

mail::smtp::OutgoingMessage a_letter() {
  mail::smtp::OutgoingMessage letter;
  letter.sender = {"ann", "example.test"};
  letter.recipients = {{{"bob", "far.test"}, "SUCCESS", ""}, {{"밥", "far.test"}, "", ""}};
  letter.content = "Subject: x\r\n\r\n.dot\r\n";
  return letter;
}

using Protocol = mail::smtp::ClientOptions::Protocol;

void converse(std::string_view octets, Protocol protocol) {
  using fuzz::check;
  mail::smtp::ClientOptions options;
  options.protocol = protocol;
  options.security = mail::smtp::ClientOptions::Security::kIfOffered;
  options.login = mail::Login{"ann", "secret"};
  options.plain_login = mail::PlainLogin::kAllowed;
  Client client(options);
  client.send(a_letter());
  for (drain(client); client.wants() != Client::Wants::kClose; drain(client)) {
    if (client.wants() == Client::Wants::kTls) {
      client.encrypted({});
    } else if (client.wants() == Client::Wants::kNext) {
      check(client.outcomes().size() == 2);
      client.quit();
    } else if (octets.empty()) {
      client.lost("the end of the input");
    } else {
      const std::size_t end = std::min(octets.find('\n'), octets.size());
      client.receive(octets.substr(0, end));
      octets.remove_prefix(std::min(end + 1, octets.size()));
    }
  }
  check(client.outcomes().size() == 2);
  for (const auto& outcome : client.outcomes()) {
    check(outcome.reply.code >= 200 && outcome.reply.code < 600);
  }
}

}  // namespace

// Whatever a server says, every recipient has an end, and a permanent or passing one has its code.
void fuzz::smtp_client(std::string_view octets) {
  converse(octets, Protocol::kSmtp);
  converse(octets, Protocol::kLmtp);
}
