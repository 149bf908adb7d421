#include "sendmail/submit.hpp"

#include "sendmail/exit_status.hpp"
#include "sendmail/local_connection.hpp"

namespace sendmail {
namespace {

using mail::smtp::Client;

void converse(Client& client, LocalConnection& connection) {
  for (;;) {
    while (!client.output().empty()) {
      connection.write(client.output());
      client.written();
    }
    switch (client.wants()) {
      case Client::Wants::kNext: client.quit(); break;
      case Client::Wants::kClose: return;
      case Client::Wants::kLine:
        client.receive(connection.read_line(mail::smtp::kMaxReplyLine));
        break;
      case Client::Wants::kTls: return client.lost("no TLS on a local socket");
    }
  }
}

}  // namespace

std::vector<mail::smtp::RecipientOutcome> submit(const std::filesystem::path& socket,
                                                 const std::string& hostname,
                                                 const mail::smtp::OutgoingMessage& message) {
  LocalConnection connection(socket);
  mail::smtp::ClientOptions options;
  options.hostname = hostname;
  options.security = mail::smtp::ClientOptions::Security::kNone;
  Client client(options);
  client.send(message);
  try {
    converse(client, connection);
  } catch (const std::exception& error) {
    client.lost(error.what());
  }
  if (client.failure())
    throw Failure(EX_TEMPFAIL, "smtpd takes no mail now: " + to_line(client.failure()->reply));
  return client.outcomes();
}

}  // namespace sendmail
