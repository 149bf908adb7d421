// How much TLS mail for a destination demands, as the settings say it (RFC 3207, RFC 7435), and
// what that means for a connection: plain values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp_client.hpp"

namespace smtpd {

/// kMay: where it is offered, with any certificate, and in the clear where it fails. kEncrypt: any
/// certificate, never in the clear. kVerify: a certificate that is valid for one of the names.
enum class TlsLevel { kNone, kMay, kEncrypt, kVerify };

struct TlsPolicy {
  TlsLevel level = TlsLevel::kMay;
  std::vector<std::string> names;  ///< ".b.test": every name below it; none: the host's own name
};

/// "none", "may", "encrypt" and "verify" of the settings.
TlsLevel tls_level(std::string_view setting);
std::string_view name_of(TlsLevel level);

mail::smtp::ClientOptions::Security security_of(TlsLevel level);

}  // namespace smtpd
