// What is known of a TLS connection: its cipher, whether the peer proved who it is, and what ties a
// login to it, Stream::tls_exporter and tls_server_end_point.
#include <fmt/format.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <array>

#include "tls/stream_impl.hpp"

namespace tls {
namespace {

CertificateHandle server_certificate(SSL* ssl) {
  if (!SSL_is_server(ssl)) return CertificateHandle(SSL_get1_peer_certificate(ssl));
  auto* certificate = SSL_get_certificate(ssl);
  if (certificate != nullptr) X509_up_ref(certificate);
  return CertificateHandle(certificate);
}

/// That of the certificate's signature, but SHA-256 for the broken ones (RFC 5929 §4.1).
const EVP_MD* binding_digest(X509* certificate) {
  int digest = NID_undef;
  if (X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr) != 1) return nullptr;
  if (digest == NID_md5 || digest == NID_sha1) return EVP_sha256();
  return EVP_get_digestbynid(digest);
}

}  // namespace

std::string Stream::cipher() const {
  if (!encrypted()) return "";
  auto* ssl = impl_->ssl.get();
  return fmt::format("{} {}", SSL_get_version(ssl), SSL_get_cipher_name(ssl));
}

bool Stream::verified() const {
  auto* ssl = impl_->ssl.get();
  if (ssl == nullptr || SSL_get_verify_result(ssl) != X509_V_OK) return false;
  return SSL_get0_peer_certificate(ssl) != nullptr;
}

std::string Stream::tls_exporter() const {
  auto* ssl = impl_->ssl.get();
  // Without the extended master secret two connections can be made to export the same (RFC 9266
  // §4.2).
  if (ssl == nullptr || (SSL_version(ssl) < TLS1_3_VERSION && SSL_get_extms_support(ssl) != 1))
    return "";
  constexpr std::string_view kLabel = "EXPORTER-Channel-Binding";
  const unsigned char no_context = 0;
  std::array<unsigned char, 32> value;
  if (SSL_export_keying_material(ssl, value.data(), value.size(), kLabel.data(), kLabel.size(),
                                 &no_context, 0, 1) != 1)
    return "";
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

std::string Stream::tls_server_end_point() const {
  if (!encrypted()) return "";
  const auto certificate = server_certificate(impl_->ssl.get());
  if (!certificate) return "";
  const auto* digest = binding_digest(certificate.get());
  std::array<unsigned char, EVP_MAX_MD_SIZE> value;
  unsigned length = 0;
  if (digest == nullptr || X509_digest(certificate.get(), digest, value.data(), &length) != 1)
    return "";
  return {reinterpret_cast<const char*>(value.data()), length};
}

}  // namespace tls
