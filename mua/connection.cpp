#include "mua/connection.hpp"

#include <fmt/format.h>

namespace mua {

namespace {

constexpr tls::Seconds kConnectTimeout{20};

constexpr const char* kOtherSecurity =
    "Ports 993 and 465 want --security tls, 143 and 587 --security starttls: run mua setup with "
    "the "
    "other one.";

std::string advice_for(const tls::StreamError& error, const Account& account) {
  const bool certificate = std::string_view(error.what()).find("certificate") != std::string::npos;
  switch (error.kind) {
    case tls::StreamError::Kind::kTls:
      if (!certificate) return kOtherSecurity;
      return account.ca.empty()
                 ? "If this is your own server, give its CA: mua setup --ca DIR/ca.pem"
                 : fmt::format(
                       "The CA in use is {}; if the server has another, give it with mua "
                       "setup --ca FILE.",
                       account.ca.string());
    case tls::StreamError::Kind::kTimeout: return kOtherSecurity;
    default: return "Is the server running, and are host and port right? See mua setup --help.";
  }
}

}  // namespace

Failure explain(const tls::StreamError& error, const Account& account, const Host& host) {
  return Failure(ExitCode::kConnection, fmt::format("{}: {}", host.to_string(), error.what()),
                 advice_for(error, account));
}

asio::awaitable<void> encrypt(tls::Stream& stream, Account account, Host host,
                              std::string session) {
  tls::SslCtx context;
  try {
    context = tls::client_context(account.ca);
  } catch (const std::runtime_error& error) {
    throw Failure(ExitCode::kConnection, error.what(), "Give the CA with mua setup --ca FILE.");
  }
  tls::ExpectedPeer peer{host.name};
  peer.session = std::move(session);
  co_await stream.handshake_client(std::move(context), std::move(peer));
}

asio::awaitable<tls::Stream> connect(Account account, Host host, std::string session) {
  try {
    tls::Stream stream = co_await tls::connect(host.name, host.port, kConnectTimeout);
    stream.set_timeout(kConnectTimeout);
    if (account.security == Security::kNone && !stream.peer_is_loopback()) {
      throw Failure(ExitCode::kConnection,
                    host.to_string() + " is another machine: nothing goes there without TLS",
                    "Run mua setup with --security tls or starttls.");
    }
    if (account.security == Security::kTls) {
      co_await encrypt(stream, account, host, std::move(session));
    }
    co_return stream;
  } catch (const tls::StreamError& error) {
    throw explain(error, account, host);
  }
}

mail::ChannelBindings bindings_of(const tls::Stream& stream) {
  if (!stream.encrypted()) return {};
  return {stream.tls_exporter(), stream.tls_server_end_point()};
}

}  // namespace mua
