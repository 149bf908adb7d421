#include "smtpd/tls_policy.hpp"

namespace smtpd {

TlsLevel tls_level(std::string_view setting) {
  for (const TlsLevel level : {TlsLevel::kNone, TlsLevel::kEncrypt, TlsLevel::kVerify}) {
    if (setting == name_of(level)) return level;
  }
  return TlsLevel::kMay;
}

std::string_view name_of(TlsLevel level) {
  switch (level) {
    case TlsLevel::kNone: return "none";
    case TlsLevel::kMay: return "may";
    case TlsLevel::kEncrypt: return "encrypt";
    case TlsLevel::kVerify: break;
  }
  return "verify";
}

mail::smtp::ClientOptions::Security security_of(TlsLevel level) {
  using Security = mail::smtp::ClientOptions::Security;
  switch (level) {
    case TlsLevel::kNone: return Security::kNone;
    case TlsLevel::kMay: return Security::kIfOffered;
    case TlsLevel::kEncrypt:
    case TlsLevel::kVerify: break;
  }
  return Security::kRequired;
}

}  // namespace smtpd
