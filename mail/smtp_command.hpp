// SMTP commands: a line of text becomes one plain value, or the reply that refuses it. Pure syntax:
// whether a command is allowed now is the transaction's matter. RFC 5321 §4.1, with the parameters
// of RFC 1870 (SIZE), RFC 6152 and RFC 3030 (BODY), RFC 6531 (SMTPUTF8), RFC 4954 (AUTH), RFC 3461
// (RET, ENVID, NOTIFY, ORCPT) and RFC 8689 (REQUIRETLS); any other parameter is refused with 555.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mail/address.hpp"
#include "mail/result.hpp"
#include "mail/smtp_reply.hpp"

namespace mail::smtp {

struct Helo {
  std::string name;  ///< as the client gave it: printable, no space
};
struct Ehlo {
  std::string name;
};
/// EHLO of LMTP (RFC 2033 §4.1).
struct Lhlo {
  std::string name;
};
struct MailFrom {
  Address sender;                     ///< null for <>
  std::optional<std::uint64_t> size;  ///< octets the client means to send
  std::string body = "7BIT";          ///< 7BIT, 8BITMIME, BINARYMIME
  bool smtputf8 = false;
  bool requiretls = false;
  std::string auth;        ///< xtext or "<>", "" if absent
  std::string ret, envid;  ///< as given, "" if absent
};
struct RcptTo {
  Address recipient;          ///< `<postmaster>` has an empty domain
  std::string notify, orcpt;  ///< as given, "" if absent
};
struct DataStart {};
struct Bdat {
  std::uint64_t size = 0;  ///< octets that follow the command
  bool last = false;
};
struct Rset {};
struct Noop {};
struct Quit {};
struct StartTls {};
struct Vrfy {
  std::string who;
};
struct Expn {
  std::string list;
};
struct Help {};
struct Auth {
  std::string mechanism;               ///< upper case
  std::optional<std::string> initial;  ///< base 64 as given; "=" is an empty one
};

using Command = std::variant<Helo, Ehlo, Lhlo, MailFrom, RcptTo, DataStart, Bdat, Rset, Noop, Quit,
                             StartTls, Vrfy, Expn, Help, Auth>;

/// Reads a line without its CRLF. Verbs and keywords in any case; trailing spaces are passed over.
Result<Command, Reply> parse_command(std::string_view line);

/// The value of ESMTP parameters that carry arbitrary text (RFC 3461 §4).
std::string to_xtext(std::string_view text);
/// nullopt when it is none.
std::optional<std::string> from_xtext(std::string_view xtext);

}  // namespace mail::smtp
