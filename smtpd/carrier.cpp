#include "smtpd/carrier.hpp"

#include <algorithm>

#include "conf/log.hpp"
#include "tls/local_socket.hpp"

namespace smtpd {

namespace {

using mail::smtp::Client;
using mail::smtp::ClientOptions;
using mail::smtp::OutgoingMessage;
using mail::smtp::Stage;

// What a server said before it hung up on us is on its way already, or will never be.
constexpr tls::Seconds kLastWords{2};

std::vector<asio::ip::address> addresses_of(const Host& host) {
  if (!host.addresses.empty()) return host.addresses;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host.name, error);
  if (error) return {};
  return {address};
}

/// Throws StreamError where it can't be had: it is as good as no connection.
std::optional<mail::Login> read_login(const WayOut& way) {
  if (!way.login) return std::nullopt;
  try {
    return mail::Login{way.login->user, read_password(way.login->password_file)};
  } catch (const std::runtime_error& error) {
    conf::log(conf::Level::kError, "password_not_read", {{"reason", error.what()}});
  }
  throw tls::StreamError(tls::StreamError::Kind::kClosed, "no password to log in with there");
}

}  // namespace

Carrier::Carrier(CarrierOptions options, Host host, std::uint16_t port)
    : options_(std::move(options)), host_(std::move(host)), port_(port), client_(ClientOptions{}) {
  if (!options_.way.socket.empty()) host_.name = "unix:" + options_.way.socket.string();
}

asio::awaitable<void> Carrier::carry(OutgoingMessage message) {
  deadline_ = Clock::now() + options_.patience.whole(message.recipients.size(),
                                                     message.head.size() + message.content.size());
  // An earlier message went on without TLS, this one can't.
  if (message.requiretls && plain_) {
    co_await quit();
    plain_ = false;
  }
  co_await attempt(message);
  if (!gave_up_tls() || message.requiretls) co_return;
  conf::log(conf::Level::kWarning, "tls_given_up",
            {{"host", host_.name}, {"reason", to_line(client_.failure()->reply)}});
  plain_ = true;
  co_await attempt(std::move(message));
}

/// TLS that nobody demanded must not be in the way of the mail.
bool Carrier::gave_up_tls() const {
  return !plain_ && client_.failure() && client_.failure()->stage == Stage::kStartTls &&
         options_.way.tls.level == TlsLevel::kMay && !options_.way.login;
}

asio::awaitable<void> Carrier::attempt(OutgoingMessage message) {
  std::string lost;
  bool silent = false;
  try {
    if (!stream_) co_await connect();
    // What a mail store on this machine takes is delivered, not relayed (RFC 8689 §1).
    const bool lmtp = options_.way.protocol == ClientOptions::Protocol::kLmtp;
    if (lmtp && stream_->peer_is_loopback()) message.requiretls = false;
    client_.send(std::move(message));
    co_await converse();
  } catch (const tls::StreamError& error) {
    lost = error.what();
    silent = error.kind == tls::StreamError::Kind::kTimeout;
  }
  if (!lost.empty()) {
    if (!stream_) client_.send(std::move(message));
    if (stream_ && !silent) co_await hear_last_words();
    client_.lost(lost);
  }
  if (client_.wants() == Client::Wants::kClose) co_await close();
}

asio::awaitable<void> Carrier::connect() {
  client_ = Client(ClientOptions{});
  tls_.clear();
  reply_until_.reset();
  auto login = read_login(options_.way);
  tls::Stream reached = co_await reach();
  stream_.emplace(std::move(reached));
  client_ = Client(client_options(std::move(login)));
}

asio::awaitable<tls::Stream> Carrier::reach() const {
  if (!options_.way.socket.empty()) {
    co_return co_await tls::connect_local(options_.way.socket, options_.connect_timeout);
  }
  auto addresses = addresses_of(host_);
  co_return co_await tls::connect(std::move(addresses), port_, options_.connect_timeout);
}

ClientOptions Carrier::client_options(std::optional<mail::Login> login) const {
  using Security = ClientOptions::Security;
  ClientOptions client;
  client.hostname = options_.hostname;
  client.protocol = options_.way.protocol;
  client.security = plain_ ? Security::kNone : security_of(options_.way.tls.level);
  // Nobody listens in on a Unix socket.
  if (stream_->is_local() && options_.way.tls.level == TlsLevel::kMay) {
    client.security = Security::kNone;
  }
  if (!login) return client;
  // A login is for TLS, or for this machine.
  client.login = std::move(login);
  if (stream_->peer_is_loopback()) {
    client.plain_login = mail::PlainLogin::kAllowed;
  } else {
    client.security = Security::kRequired;
  }
  return client;
}

asio::awaitable<void> Carrier::converse() {
  for (;;) {
    co_await write_output();
    switch (client_.wants()) {
      case Client::Wants::kLine: co_await read_reply_line(); break;
      case Client::Wants::kTls: co_await encrypt(); break;
      case Client::Wants::kNext:
      case Client::Wants::kClose: co_return;
    }
  }
}

asio::awaitable<void> Carrier::write_output() {
  while (!client_.output().empty()) {
    stream_->set_timeout(within(Clock::now() + options_.patience.piece));
    co_await stream_->write_in_time(client_.output());
    client_.written();
  }
}

// Each reply has its time, however many lines it comes in.
asio::awaitable<void> Carrier::read_reply_line() {
  if (!reply_until_) reply_until_ = Clock::now() + options_.patience.of(client_.stage());
  stream_->set_timeout(within(*reply_until_));
  const tls::Line line = co_await stream_->read_line(mail::smtp::kMaxReplyLine);
  const bool more = line.text.size() > 3 && line.text[3] == '-';
  if (!more) reply_until_.reset();
  client_.receive(line.text);
}

asio::awaitable<void> Carrier::encrypt() {
  using Proof = tls::ExpectedPeer::Proof;
  const TlsPolicy& policy = options_.way.tls;
  tls::ExpectedPeer peer{host_.name, policy.names,
                         policy.level == TlsLevel::kVerify ? Proof::kDemanded : Proof::kNoted};
  stream_->set_timeout(within(Clock::now() + options_.patience.handshake));
  co_await stream_->handshake_client(options_.context, std::move(peer));
  const bool verified = stream_->verified();
  tls_ = stream_->cipher() + (verified ? " verified" : " unverified");
  const bool name_known =
      options_.name_source == NameSource::kAuthenticated || !policy.names.empty();
  mail::ChannelBindings bindings{stream_->tls_exporter(), stream_->tls_server_end_point()};
  client_.encrypted(std::move(bindings), verified && name_known
                                             ? mail::smtp::ServerIdentity::kVerified
                                             : mail::smtp::ServerIdentity::kUnknown);
}

// A server that refuses and hangs up while it is still written to makes the writing fail, but its
// reply counts.
asio::awaitable<void> Carrier::hear_last_words() {
  const auto until = Clock::now() + kLastWords;
  stream_->set_timeout(kLastWords);
  try {
    while (client_.wants() == Client::Wants::kLine && Clock::now() < until) {
      const tls::Line line = co_await stream_->read_line(mail::smtp::kMaxReplyLine);
      client_.receive(line.text);
    }
  } catch (const tls::StreamError&) {
    // It has said all it had to say.
  }
}

asio::awaitable<void> Carrier::quit() {
  if (!stream_) co_return;
  client_.quit();
  deadline_ = Clock::now() + options_.patience.quit;
  try {
    co_await converse();
  } catch (const tls::StreamError&) {
    // All that mattered was answered before.
  }
  co_await close();
}

asio::awaitable<void> Carrier::close() {
  if (stream_) co_await stream_->close();
  stream_.reset();
}

/// What is left until then, or until the message has had its time.
tls::Seconds Carrier::within(Clock::time_point until) const {
  const auto left = std::min(until, deadline_) - Clock::now();
  if (left <= Clock::duration::zero()) {
    throw tls::StreamError(tls::StreamError::Kind::kTimeout, "the server took too long altogether");
  }
  return std::chrono::ceil<tls::Seconds>(left);
}

}  // namespace smtpd
