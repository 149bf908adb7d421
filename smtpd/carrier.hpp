// One connection to another server: the pure dialogue of mail/smtp_client driven over a stream,
// with TLS where it is offered (RFC 7435) or demanded. Carries message after message until either
// side has enough.
#pragma once

#include <optional>
#include <string>

#include "mail/smtp_client.hpp"
#include "tls/context.hpp"
#include "tls/stream.hpp"

namespace smtpd {

struct CarrierOptions {
  std::string hostname;  ///< ours
  mail::smtp::ClientOptions::Security security = mail::smtp::ClientOptions::Security::kIfOffered;
  tls::SslCtx context;  ///< verifying or not
  tls::Seconds connect_timeout{30};
};

class Carrier {
 public:
  Carrier(CarrierOptions options, std::string host, std::uint16_t port);

  /// Connects first if need be. Outcomes are in `client().outcomes()` then, one for each recipient,
  /// whatever happened. The message's content must live until this returns.
  asio::awaitable<void> carry(mail::smtp::OutgoingMessage message);
  /// Can another message go by the same connection?
  bool open() const { return stream_.has_value(); }
  asio::awaitable<void> quit();

  const mail::smtp::Client& client() const { return client_; }
  const std::string& host() const { return host_; }

 private:
  asio::awaitable<void> attempt(const mail::smtp::OutgoingMessage& message);
  asio::awaitable<void> converse();
  asio::awaitable<void> take_step();

  CarrierOptions options_;
  std::string host_;
  std::uint16_t port_;
  mail::smtp::Client client_;
  std::optional<tls::Stream> stream_;
};

}  // namespace smtpd
