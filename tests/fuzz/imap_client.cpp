#include "mail/imap_client.hpp"

#include "tests/fuzz/targets.hpp"

namespace {

using mail::imap::Client;

void drain(Client& client) {
  while (!client.output().empty()) client.written();
}

// What the client did, in a word an event.
std::string talk(std::string_view octets, std::size_t chunk) {
  mail::imap::ClientOptions options;
  options.security = mail::imap::ClientOptions::Security::kIfOffered;
  options.login = mail::Login{"ann", "secret"};
  options.plain_login = mail::PlainLogin::kAllowed;
  Client client(options);
  client.run(mail::imap::select("INBOX", mail::imap::Access::kReadWrite));
  client.run(mail::imap::append("Sent", {}, "Subject: x\r\n\r\n"));
  std::string events;
  const auto note = [&] {
    drain(client);
    while (const auto event = client.next()) events += static_cast<char>('0' + event->index());
  };
  for (std::size_t at = 0; at < octets.size(); at += chunk) {
    client.feed(octets.substr(at, chunk));
    note();
    if (client.wants() == Client::Wants::kTls) client.encrypted({});
    note();
  }
  client.lost("the end of the input");
  note();
  fuzz::check(client.wants() == Client::Wants::kClose);
  return events;
}

}  // namespace

void fuzz::imap_client(std::string_view octets) {
  const std::string byte_by_byte = talk(octets, 1);
  // Where the server goes on behind its answer to STARTTLS, what was read together is dropped.
  if (octets.find("STARTTLS") == std::string_view::npos) check(talk(octets, 7) == byte_by_byte);
  talk(octets, octets.size() + 1);
}
