// A certificate authority for tests: issues what a good one never would, certificates that expired,
// that name others or that sign themselves.
#pragma once

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tls/context.hpp"
#include "tls/openssl.hpp"

namespace tls {

class TestAuthority {
 public:
  enum class Validity { kNow, kExpired };

  TestAuthority()
      : key_(EVP_EC_gen("P-256")),
        certificate_(make("Test CA " + std::to_string(serial()), key_, Validity::kNow)) {
    extend(certificate_, NID_basic_constraints, "critical,CA:TRUE");
    sign(certificate_, certificate_, key_);
  }

  /// For client_context.
  void write(const std::filesystem::path& file) const {
    std::FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, certificate_.get());
    std::fclose(out);
  }

  /// A server's context with a certificate for these names: "DNS:mx.test", "IP:127.0.0.1".
  SslCtx issue(const std::string& names, Validity validity = Validity::kNow) const {
    const KeyHandle key(EVP_EC_gen("P-256"));
    CertificateHandle certificate = make("server", key, validity);
    extend(certificate, NID_subject_alt_name, names);
    sign(certificate, certificate_, key_);
    return context(certificate, key);
  }

  static SslCtx self_signed(const std::string& names) {
    const KeyHandle key(EVP_EC_gen("P-256"));
    CertificateHandle certificate = make("server", key, Validity::kNow);
    extend(certificate, NID_subject_alt_name, names);
    sign(certificate, certificate, key);
    return context(certificate, key);
  }

 private:
  static CertificateHandle make(const std::string& name, const KeyHandle& key, Validity validity) {
    constexpr long kDay = 24 * 3600;
    const bool expired = validity == Validity::kExpired;
    CertificateHandle certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -2 * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), expired ? -kDay : kDay);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_pubkey(certificate.get(), key.get());
    return certificate;
  }

  static long& serial() {
    static long last = 0;
    return last;
  }

  static void extend(const CertificateHandle& certificate, int what, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
    if (extension == nullptr) throw std::runtime_error(openssl_reason());
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }

  static void sign(const CertificateHandle& certificate, const CertificateHandle& issuer,
                   const KeyHandle& key) {
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
      throw std::runtime_error(openssl_reason());
  }

  static SslCtx context(const CertificateHandle& certificate, const KeyHandle& key) {
    SslCtx made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (SSL_CTX_use_certificate(made.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(made.get(), key.get()) != 1)
      throw std::runtime_error(openssl_reason());
    return made;
  }

  KeyHandle key_;
  CertificateHandle certificate_;
};

}  // namespace tls
