// One connection to another server: the pure dialogue of mail/smtp_client driven over a stream, by
// SMTP or LMTP, with the TLS and the login that the way out demands (smtpd/way_out). Carries
// message after message until either side has enough. Opportunistic TLS that fails is given up for
// the connection (RFC 7435 §3), unless the message itself demands it (RFC 8689).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "mail/smtp_client.hpp"
#include "smtpd/patience.hpp"
#include "smtpd/route.hpp"
#include "smtpd/way_out.hpp"
#include "tls/context.hpp"
#include "tls/stream.hpp"

namespace smtpd {

/// Where the host's name comes from. What DNS says without a signature can be forged, so a
/// certificate for such a name proves nothing (RFC 8689 §4.2.1).
enum class NameSource { kUnauthenticated, kAuthenticated };

struct CarrierOptions {
  std::string hostname;  ///< ours
  WayOut way;
  tls::SslCtx context;  ///< verifying
  tls::Seconds connect_timeout{30};
  NameSource name_source = NameSource::kUnauthenticated;
  Patience patience{};
};

class Carrier {
 public:
  /// `host` is passed over where the way out is a socket; without addresses its name must be one.
  Carrier(CarrierOptions options, Host host, std::uint16_t port);

  /// Connects first if need be. Outcomes are in `client().outcomes()` then, one for each recipient,
  /// whatever happened. The message's content must live until this returns.
  asio::awaitable<void> carry(mail::smtp::OutgoingMessage message);
  /// Can another message go by the same connection?
  bool open() const { return stream_.has_value(); }
  asio::awaitable<void> quit();

  const mail::smtp::Client& client() const { return client_; }
  /// The host's name, "unix:/path" of a socket.
  const std::string& host() const { return host_.name; }
  /// "TLSv1.3 TLS_AES_256_GCM_SHA384 verified", or "... unverified"; "" for plain text. Of the last
  /// connection, also when it is closed.
  const std::string& tls() const { return tls_; }

 private:
  using Clock = std::chrono::steady_clock;

  asio::awaitable<void> attempt(mail::smtp::OutgoingMessage message);
  asio::awaitable<void> connect();
  asio::awaitable<tls::Stream> reach() const;
  asio::awaitable<void> converse();
  asio::awaitable<void> write_output();
  asio::awaitable<void> read_reply_line();
  asio::awaitable<void> encrypt();
  asio::awaitable<void> hear_last_words();
  asio::awaitable<void> close();
  mail::smtp::ClientOptions client_options(std::optional<mail::Login> login) const;
  bool gave_up_tls() const;
  tls::Seconds within(Clock::time_point until) const;

  CarrierOptions options_;
  Host host_;
  std::uint16_t port_;
  mail::smtp::Client client_;
  std::optional<tls::Stream> stream_;
  std::string tls_;
  bool plain_ = false;  ///< TLS failed; it was nobody's demand
  Clock::time_point deadline_{};
  std::optional<Clock::time_point> reply_until_;  ///< set between the lines of a reply
};

}  // namespace smtpd
