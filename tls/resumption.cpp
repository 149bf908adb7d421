// TLS sessions that outlive their connection, the client's side (RFC 8446 §2.2): a connection that
// takes one up costs no certificate and proves the same peer.
#include <openssl/x509v3.h>

#include "tls/stream_impl.hpp"

namespace tls {
namespace {

using SessionHandle = std::unique_ptr<SSL_SESSION, Freer<SSL_SESSION_free>>;

SessionHandle read_session(const std::string& octets) {
  const auto* at = reinterpret_cast<const unsigned char*>(octets.data());
  return SessionHandle(d2i_SSL_SESSION(nullptr, &at, static_cast<long>(octets.size())));
}

bool is_for(X509* certificate, const std::string& name) {
  constexpr unsigned kFlags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return X509_check_host(certificate, name.data(), name.size(), kFlags, nullptr) == 1 ||
         X509_check_ip_asc(certificate, name.c_str(), 0) == 1;
}

/// The certificate is not shown again: what it was once accepted for must be what is wanted now.
bool still_good(SSL_SESSION* session, const ExpectedPeer& whom) {
  auto* certificate = SSL_SESSION_get0_peer(session);
  if (certificate == nullptr || SSL_SESSION_is_resumable(session) != 1) return false;
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) != 1) return false;
  return whom.names.empty() && is_for(certificate, whom.host);
}

}  // namespace

void Stream::Impl::take_up(const ExpectedPeer& whom) {
  const auto session = read_session(whom.session);
  if (!session || !still_good(session.get(), whom)) return;
  // A server that has become an older one is met without the session, the next time.
  SSL_set_min_proto_version(ssl.get(), SSL_SESSION_get_protocol_version(session.get()));
  SSL_set_session(ssl.get(), session.get());
}

bool Stream::resumed() const { return encrypted() && SSL_session_reused(impl_->ssl.get()) == 1; }

std::string Stream::session() const {
  if (!encrypted() || !verified()) return "";
  auto* session = SSL_get0_session(impl_->ssl.get());
  if (session == nullptr || SSL_SESSION_is_resumable(session) != 1) return "";
  unsigned char* octets = nullptr;
  const int size = i2d_SSL_SESSION(session, &octets);
  if (size <= 0) return "";
  std::string out(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
  OPENSSL_clear_free(octets, static_cast<std::size_t>(size));
  return out;
}

}  // namespace tls
