#include "tls/stream_impl.hpp"
#include "tls/certificate_error.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace tls {
namespace {

// One area a thread is read into and then copied out at its true size, so that no connection holds
// a large buffer while it waits.
constexpr std::size_t kScratch = 64u << 10;

std::array<char, kScratch>& scratch() {
  thread_local std::array<char, kScratch> area;
  return area;
}

/// 0.0.0.0:0 for the end of a Unix socket.
asio::ip::tcp::endpoint tcp_endpoint(const asio::generic::stream_protocol::endpoint& from) {
  asio::ip::tcp::endpoint to;
  const int family = from.data()->sa_family;
  if ((family != AF_INET && family != AF_INET6) || from.size() > to.capacity()) return to;
  std::memcpy(to.data(), from.data(), from.size());
  to.resize(from.size());
  return to;
}

bool is_address(const std::string& host) {
  unsigned char octets[sizeof(in6_addr)];
  return inet_pton(AF_INET, host.c_str(), octets) == 1 ||
         inet_pton(AF_INET6, host.c_str(), octets) == 1;
}

/// An address counts as a name where it is the only one: OpenSSL would want both, name and address.
bool accept_names(X509_VERIFY_PARAM* parameters, const std::vector<std::string>& names) {
  X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (names.size() == 1 && is_address(names.front()))
    return X509_VERIFY_PARAM_set1_ip_asc(parameters, names.front().c_str()) == 1;
  X509_VERIFY_PARAM_set1_host(parameters, nullptr, 0);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return X509_VERIFY_PARAM_add1_host(parameters, name.c_str(), name.size()) == 1;
  });
}

// OpenSSL writes with write(2), which raises SIGPIPE when the peer is gone.
void ignore_sigpipe() {
  static const auto before = std::signal(SIGPIPE, SIG_IGN);
  static_cast<void>(before);
}

}  // namespace

Stream::Impl::Impl(Socket from) : socket(std::move(from)), timer(socket.get_executor()) {
  boost::system::error_code ignored;
  name_ends();
  socket.non_blocking(true, ignored);
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Stream::Impl::name_ends() {
  boost::system::error_code unconnected;
  peer = tcp_endpoint(socket.remote_endpoint(unconnected));
  const Socket::endpoint_type here = socket.local_endpoint(unconnected);
  local = tcp_endpoint(here);
  is_local = here.data()->sa_family == AF_UNIX;
}

Stream::Need Stream::Impl::try_fill() {
  for (;;) {
    std::string unpacked = packing ? packing->in.inflate() : "";
    if (!unpacked.empty()) {
      append(unpacked);
      return Need::kNothing;
    }
    std::string_view octets;
    const auto need = try_read(octets);
    if (need != Need::kNothing) return need;
    if (!packing) {
      append(octets);
      return need;
    }
    packing->in.feed(octets);
  }
}

Stream::Need Stream::Impl::try_read(std::string_view& read) {
  auto& area = scratch();
  if (ssl) {
    if (failed) fail(StreamError::Kind::kClosed, "connection closed");
    ERR_clear_error();
    std::size_t octets = 0;
    const int result = SSL_read_ex(ssl.get(), area.data(), area.size(), &octets);
    if (result != 1) return after(result);
    read = {area.data(), octets};
    return Need::kNothing;
  }
  const auto octets = ::recv(socket.native_handle(), area.data(), area.size(), 0);
  if (octets > 0) {
    read = {area.data(), static_cast<std::size_t>(octets)};
    return Need::kNothing;
  }
  if (octets == 0) fail(StreamError::Kind::kClosed, "connection closed by peer");
  if (errno == EAGAIN || errno == EINTR) return Need::kRead;
  fail(StreamError::Kind::kReset, std::strerror(errno));
}

Stream::Need Stream::Impl::try_write(std::string_view& octets) {
  if (ssl) {
    if (failed) fail(StreamError::Kind::kClosed, "connection closed");
    ERR_clear_error();
    std::size_t written = 0;
    const int result = SSL_write_ex(ssl.get(), octets.data(), octets.size(), &written);
    if (result != 1) return after(result);
    octets.remove_prefix(written);
    return Need::kNothing;
  }
  const auto written = ::send(socket.native_handle(), octets.data(), octets.size(), MSG_NOSIGNAL);
  if (written >= 0) {
    octets.remove_prefix(static_cast<std::size_t>(written));
    return Need::kNothing;
  }
  if (errno == EAGAIN || errno == EINTR) return Need::kWrite;
  fail(StreamError::Kind::kReset, std::strerror(errno));
}

Stream::Need Stream::Impl::try_handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl.get());
  return result == 1 ? Need::kNothing : after(result);
}

void Stream::Impl::begin_tls(SslCtx with) {
  ignore_sigpipe();
  buffer = {};
  begin = 0;
  context = std::move(with);
  ssl.reset(SSL_new(context.get()));
  if (!ssl || SSL_set_fd(ssl.get(), static_cast<int>(socket.native_handle())) != 1)
    fail(StreamError::Kind::kTls, openssl_reason());
}

void Stream::Impl::expect(const ExpectedPeer& whom) {
  const auto names = whom.names.empty() ? std::vector{whom.host} : whom.names;
  const bool sni =
      is_address(whom.host) || SSL_set_tlsext_host_name(ssl.get(), whom.host.c_str()) == 1;
  if (!sni || !accept_names(SSL_get0_param(ssl.get()), names))
    fail(StreamError::Kind::kTls, fmt::format("{} is no host name", names.front()));
  // Without SSL_VERIFY_PEER OpenSSL looks at the certificate all the same and keeps the result.
  if (whom.proof == ExpectedPeer::Proof::kNoted)
    SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
  if (!whom.session.empty()) take_up(whom);
}

void Stream::Impl::begin_wait(const std::shared_ptr<Impl>& impl) {
  impl->fills_in_a_row = 0;
  impl->release_drained_buffer();
  impl->interruption = Interruption::kNone;
  impl->waiting = true;
  // Most lines are here when they are asked for, so the clock is read only when one must be
  // awaited.
  if (!impl->whole || impl->whole_until == Clock::time_point())
    impl->whole_until = Clock::now() + impl->timeout;
  impl->deadline = impl->whole_until;
  // The timer may run out early: it then looks at the deadline and is armed again. So a busy stream
  // costs the timer queue nothing.
  if (impl->armed_until > impl->deadline) arm(impl, impl->deadline);
}

void Stream::Impl::arm(const std::shared_ptr<Impl>& impl, Clock::time_point until) {
  impl->armed_until = until;
  impl->timer.expires_at(until);
  impl->timer.async_wait([weak = std::weak_ptr(impl)](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->armed_until = Clock::time_point::max();
    if (!self->waiting) return;
    if (Clock::now() < self->deadline) return arm(self, self->deadline);
    self->interruption = Interruption::kTimeout;
    self->socket.cancel();
  });
}

void Stream::Impl::release_drained_buffer() {
  if (begin < buffer.size() || buffer.capacity() <= std::string().capacity()) return;
  std::string().swap(buffer);  // an assignment would keep the memory
  begin = 0;
}

void Stream::Impl::append(std::string_view octets) {
  if (begin > 0) {
    buffer.erase(0, begin);
    begin = 0;
  }
  buffer.append(octets);
}

Stream::Need Stream::Impl::after(int result) {
  const int reason = errno;
  switch (SSL_get_error(ssl.get(), result)) {
    case SSL_ERROR_WANT_READ: return Need::kRead;
    case SSL_ERROR_WANT_WRITE: return Need::kWrite;
    case SSL_ERROR_ZERO_RETURN:
      throw StreamError(StreamError::Kind::kClosed, "connection closed by peer");
    case SSL_ERROR_SYSCALL:
      fail(StreamError::Kind::kReset,
           reason == 0 ? "connection closed in the middle of TLS" : std::strerror(reason));
    default: break;
  }
  const auto verified = SSL_get_verify_result(ssl.get());
  const bool demanded = SSL_get_verify_mode(ssl.get()) != SSL_VERIFY_NONE;
  if (!SSL_is_server(ssl.get()) && demanded && verified != X509_V_OK) {
    ERR_clear_error();
    failed = true;
    throw CertificateError(X509_verify_cert_error_string(verified),
                           presented_certificate(ssl.get()));
  }
  fail(StreamError::Kind::kTls, openssl_reason());
}

void Stream::Impl::fail(StreamError::Kind kind, const std::string& what) {
  failed = true;
  throw StreamError(kind, what);
}

}  // namespace tls
