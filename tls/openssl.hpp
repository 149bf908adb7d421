// OpenSSL's objects with owners, and its errors as sentences. Private to the room.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace tls {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using SslHandle = std::unique_ptr<SSL, Freer<SSL_free>>;
using BioHandle = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, Freer<X509_free>>;

/// The reason of the oldest error on this thread's queue, which is nearest to the cause; the queue
/// is emptied. "unknown error" when there is none.
std::string openssl_reason();

/// The first certificate of a PEM file; throws conf::ValueError that names the file.
CertificateHandle read_certificate(const std::string& file);

}  // namespace tls
