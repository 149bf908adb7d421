#include "tls/openssl.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace tls {

std::string openssl_reason() {
  const auto code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "unknown error";
  if (ERR_SYSTEM_ERROR(code)) return std::strerror(ERR_GET_REASON(code));
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : fmt::format("error {}", code);
}

CertificateHandle read_certificate(const std::string& file) {
  ERR_clear_error();
  const BioHandle bio(BIO_new_file(file.c_str(), "r"));
  CertificateHandle certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)
                                    : nullptr);
  if (!certificate)
    throw std::runtime_error(
        fmt::format("{}: cannot read the certificate: {}", file, openssl_reason()));
  return certificate;
}

}  // namespace tls
