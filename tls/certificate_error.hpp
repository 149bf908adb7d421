// A server's certificate that was not accepted, and what it says of itself: for people who have to
// judge whether the server has changed or somebody else answers in its place.
#pragma once

#include <openssl/ssl.h>

#include <string>

#include "tls/stream.hpp"

namespace tls {

struct PresentedCertificate {
  std::string names;        ///< "mail.example.test, example.test"; anybody can write anything here
  std::string issuer;       ///< "Example CA"
  std::string from, until;  ///< "2026-01-31"
  std::string sha256;       ///< of all of it, 64 hexadecimal digits
};

class CertificateError : public StreamError {
 public:
  CertificateError(const std::string& why, PresentedCertificate presented)
      : StreamError(Kind::kTls, "the server's certificate is not accepted: " + why),
        reason(why),
        certificate(std::move(presented)) {}
  std::string reason;
  PresentedCertificate certificate;
};

/// Of the handshake that failed, or empty when none came.
PresentedCertificate presented_certificate(SSL* ssl);

}  // namespace tls
