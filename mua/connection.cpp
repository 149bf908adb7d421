#include "mua/connection.hpp"

#include <fmt/format.h>

#include "mua/known_certificates.hpp"
#include "tls/certificate_error.hpp"

namespace mua {

namespace {

constexpr tls::Seconds kConnectTimeout{20};

/// "ab:cd:..", by which two people can compare certificates over the telephone.
std::string spelled(const std::string& digest) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digest.size(); i += 2)
    out += (out.empty() ? "" : ":") + digest.substr(i, 2);
  return out;
}

/// What was expected, what came, what to do.
std::string advice_for(const tls::CertificateError& error, const Account& account,
                       const Host& host) {
  const tls::PresentedCertificate& came = error.certificate;
  const std::string authorities =
      account.ca.empty() ? "one of the system's CAs" : "the CA in " + account.ca.string();
  std::string out = fmt::format(
      "Expected was a certificate for {}, valid today and signed by {}. Came one for {}, signed by "
      "{}, valid from {} to {}, SHA-256 {}.",
      host.name, authorities, came.names, came.issuer, came.from, came.until, spelled(came.sha256));
  const auto known = KnownCertificates(account).find(host);
  if (known && known->sha256 != came.sha256) {
    out += fmt::format(" It is another than that of {}: {}.", known->seen, spelled(known->sha256));
  }
  out +=
      " No password was sent. If the server is not yours, ask its operator by another way than "
      "mail; a network that wants a log-in page does this too.";
  out += account.ca.empty() ? " If it is your own, give its CA: mua setup --ca FILE."
                            : " If it is yours and has a new CA, give it: mua setup --ca FILE.";
  return out;
}

constexpr const char* kOtherSecurity =
    "Ports 993 and 465 want --security tls, 143 and 587 --security starttls: run mua setup with "
    "the other one.";

std::string advice_for(const tls::StreamError& error, const Account& account, const Host& host) {
  if (const auto* certificate = dynamic_cast<const tls::CertificateError*>(&error))
    return advice_for(*certificate, account, host);
  switch (error.kind) {
    case tls::StreamError::Kind::kTls:
    case tls::StreamError::Kind::kTimeout: return kOtherSecurity;
    default: return "Is the server running, and are host and port right? See mua setup --help.";
  }
}

/// At which server, unless that is said already.
std::string what_failed(const tls::StreamError& error, const Host& host) {
  const std::string what = error.what();
  const bool is_named = what.find(host.name) != std::string::npos;
  return is_named ? what : fmt::format("{}: {}", host.to_string(), what);
}

}  // namespace

Failure explain(const tls::StreamError& error, const Account& account, const Host& host) {
  return Failure(ExitCode::kConnection, what_failed(error, host), advice_for(error, account, host));
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
  KnownCertificates(account).keep(host, stream.tls_server_end_point());
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
