#include "tls/openssl.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "conf/value_error.hpp"

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
    throw conf::ValueError(
        file, fmt::format("{}: {}, expected a certificate in PEM", file, openssl_reason()));
  return certificate;
}

}  // namespace tls
