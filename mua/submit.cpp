#include "mua/submit.hpp"

#include <optional>
#include <utility>

#include "mail/ascii.hpp"
#include "mua/connection.hpp"

namespace mua {

namespace smtp = mail::smtp;

namespace {

smtp::ClientOptions client_options(const Account& account, std::string password,
                                   const tls::Stream& stream) {
  smtp::ClientOptions options;
  switch (account.security) {
    case Security::kTls: options.security = smtp::ClientOptions::Security::kDone; break;
    case Security::kStartTls: options.security = smtp::ClientOptions::Security::kRequired; break;
    case Security::kNone:
      options.security = smtp::ClientOptions::Security::kNone;
      options.plain_login = mail::PlainLogin::kAllowed;  // `connect` holds it to loopback
      break;
  }
  options.login = mail::Login{account.user, std::move(password)};
  options.bindings = bindings_of(stream);
  // An address literal says nothing about the machine that its address doesn't.
  const auto local = stream.local().address();
  options.hostname =
      local.is_v6() ? "[IPv6:" + local.to_string() + "]" : "[" + local.to_string() + "]";
  return options;
}

Failure explain_session(const smtp::SessionFailure& failure, const Account& account) {
  const std::string what = account.smtp.to_string() + ": " + to_line(failure.reply);
  if (failure.stage == smtp::Stage::kAuth) {
    return Failure(ExitCode::kLogin, what,
                   "Check user and password; run mua setup --account " + account.address +
                       " to set them anew.");
  }
  return Failure(failure.local ? ExitCode::kConnection : ExitCode::kRefused, what);
}

asio::awaitable<void> write_output(smtp::Client& client, tls::Stream& stream, SubmitWatch& watch,
                                   std::uint64_t& content) {
  while (!client.output().empty()) {
    if (client.stage() == smtp::Stage::kContent) {
      if (content == 0 && watch.content_begins) watch.content_begins();
      content += client.output().size();
    }
    co_await stream.write(client.output());
    client.written();
    if (content > 0 && watch.octets_sent) watch.octets_sent(content);
  }
}

/// Until the client is closed. Once it is idle it is told to quit.
asio::awaitable<void> drive(smtp::Client& client, tls::Stream& stream, Account account,
                            SubmitWatch watch) {
  using Wants = smtp::Client::Wants;
  std::uint64_t content = 0;
  for (;;) {
    co_await write_output(client, stream, watch, content);
    switch (client.wants()) {
      case Wants::kLine: {
        const tls::Line line = co_await stream.read_line(smtp::kMaxReplyLine);
        client.receive(line.text);
        stream.set_timeout(kAnswerTimeout);
        break;
      }
      case Wants::kTls:
        co_await encrypt(stream, account, account.smtp);
        client.encrypted(bindings_of(stream));
        break;
      case Wants::kNext: client.quit(); break;
      case Wants::kClose: co_return;
    }
  }
}

asio::awaitable<smtp::Client> converse(Account account, std::string password,
                                       std::optional<smtp::OutgoingMessage> message,
                                       SubmitWatch watch) {
  account = for_submission(std::move(account));
  tls::Stream stream = co_await connect(account, account.smtp);
  smtp::Client client(client_options(account, std::move(password), stream));
  if (message) client.send(std::move(*message));
  std::optional<Failure> broken;
  try {
    co_await drive(client, stream, account, std::move(watch));
  } catch (const tls::StreamError& error) {
    broken = explain(error, account, account.smtp);
    client.lost(error.what());
  } catch (const Failure&) {
    throw;
  } catch (const std::exception& error) {
    // The disk failed that the message is read from: what is not said whole is not sent.
    broken = Failure(ExitCode::kFailed, error.what());
    client.lost(error.what());
  }
  co_await stream.close();
  if (client.failure()) throw broken ? *broken : explain_session(*client.failure(), account);
  co_return client;
}

}  // namespace

smtp::OutgoingMessage in_envelope(mail::Address sender,
                                  const std::vector<mail::Address>& recipients,
                                  mail::PieceSource content) {
  smtp::OutgoingMessage message;
  message.sender = std::move(sender);
  for (const mail::Address& one : recipients) message.recipients.push_back({one, "", ""});
  message.smtputf8 = !mail::is_ascii(mail::read_header(content));
  message.pieces = std::move(content);
  return message;
}

asio::awaitable<std::vector<smtp::RecipientOutcome>> submit(Account account, std::string password,
                                                            smtp::OutgoingMessage message,
                                                            SubmitWatch watch) {
  std::optional<smtp::OutgoingMessage> one(std::move(message));
  const smtp::Client client =
      co_await converse(std::move(account), std::move(password), std::move(one), std::move(watch));
  co_return client.outcomes();
}

asio::awaitable<void> try_submission(Account account, std::string password) {
  std::optional<smtp::OutgoingMessage> none;
  SubmitWatch nobody;
  co_await converse(std::move(account), std::move(password), std::move(none), std::move(nobody));
}

}  // namespace mua
