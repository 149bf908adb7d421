#include "tls/certificate_error.hpp"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace tls {

namespace {

/// Control characters and the like don't get to anybody's terminal.
std::string plain(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
  }
  return text;
}

std::string to_string(const ASN1_STRING* value) {
  if (value == nullptr) return "";
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
          static_cast<std::size_t>(ASN1_STRING_length(value))};
}

std::string common_name(const X509_NAME* name) {
  for (const int field : {NID_commonName, NID_organizationName}) {
    const int at = X509_NAME_get_index_by_NID(name, field, -1);
    if (at >= 0) return plain(to_string(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))));
  }
  return "somebody without a name";
}

std::string names_of(X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free);
  std::string out;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    out += (out.empty() ? "" : ", ") + plain(to_string(name->d.dNSName));
  }
  return out.empty() ? common_name(X509_get_subject_name(certificate)) : out;
}

std::string date_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "?";
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::string digest_of(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1) return "";
  std::string out;
  for (unsigned i = 0; i < length; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

}  // namespace

PresentedCertificate presented_certificate(SSL* ssl) {
  // Kept whether it was accepted or not; the peer's certificate itself only when it was.
  const STACK_OF(X509)* chain = SSL_get0_verified_chain(ssl);
  X509* leaf = chain != nullptr && sk_X509_num(chain) > 0 ? sk_X509_value(chain, 0) : nullptr;
  if (leaf == nullptr) return {};
  return {names_of(leaf), common_name(X509_get_issuer_name(leaf)),
          date_of(X509_get0_notBefore(leaf)), date_of(X509_get0_notAfter(leaf)), digest_of(leaf)};
}

}  // namespace tls
