#include "smtpd/carrier.hpp"

namespace smtpd {

namespace {

using mail::smtp::Client;
using mail::smtp::ClientOptions;

// RFC 5321 §4.5.3.2 gives each step its own minutes; the longest, after the final dot, is ten.
constexpr tls::Seconds kPatience{600};

ClientOptions client_options(const CarrierOptions& options) {
  ClientOptions client;
  client.hostname = options.hostname;
  client.security = options.security;
  return client;
}

}  // namespace

Carrier::Carrier(CarrierOptions options, std::string host, std::uint16_t port)
    : options_(std::move(options)),
      host_(std::move(host)),
      port_(port),
      client_(client_options(options_)) {}

asio::awaitable<void> Carrier::carry(mail::smtp::OutgoingMessage message) {
  co_await attempt(message);
  // TLS that nobody demanded must not be in the way of the mail: once more without (RFC 7435 §3).
  const bool tls_failed =
      client_.failure() && client_.failure()->stage == mail::smtp::Stage::kStartTls;
  if (tls_failed && options_.security == ClientOptions::Security::kIfOffered) {
    options_.security = ClientOptions::Security::kNone;
    client_ = Client(client_options(options_));
    co_await attempt(message);
  }
}

asio::awaitable<void> Carrier::attempt(const mail::smtp::OutgoingMessage& message) {
  client_.send(message);
  std::string lost;
  try {
    if (!stream_) {
      tls::Stream connected = co_await tls::connect(host_, port_, options_.connect_timeout);
      stream_.emplace(std::move(connected));
    }
    stream_->set_timeout(kPatience);
    co_await converse();
  } catch (const tls::StreamError& error) {
    lost = error.what();
  }
  if (!lost.empty()) client_.lost(lost);
  if (client_.wants() == Client::Wants::kClose) {
    if (stream_) co_await stream_->close();
    stream_.reset();
  }
}

asio::awaitable<void> Carrier::quit() {
  if (!stream_) co_return;
  client_.quit();
  try {
    stream_->set_timeout(tls::Seconds(10));
    co_await converse();
  } catch (const tls::StreamError&) {
    // All that mattered was answered before.
  }
  co_await stream_->close();
  stream_.reset();
}

asio::awaitable<void> Carrier::converse() {
  for (;;) {
    while (!client_.output().empty()) {
      co_await stream_->write(client_.output());
      client_.written();
    }
    const Client::Wants wants = client_.wants();
    if (wants == Client::Wants::kNext || wants == Client::Wants::kClose) co_return;
    co_await take_step();
  }
}

asio::awaitable<void> Carrier::take_step() {
  if (client_.wants() == Client::Wants::kLine) {
    const tls::Line line = co_await stream_->read_line(mail::smtp::kMaxReplyLine);
    client_.receive(line.text);
    co_return;
  }
  co_await stream_->handshake_client(options_.context, host_);
  const mail::ChannelBindings bindings{stream_->tls_exporter(), stream_->tls_server_end_point()};
  client_.encrypted(bindings);
}

}  // namespace smtpd
