// A message on its way out by SMTP: its envelope, and the MAIL and RCPT lines that say it to a
// server with the extensions it has (RFC 5321 §4.1.1.2 and §4.1.1.3, RFC 1870, RFC 3030, RFC 3461,
// RFC 6152, RFC 6531, RFC 8689). Content that the server can't take is converted where the RFCs
// allow it (mail/downgrade); what can't be said to it at all is a reply made here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/body_type.hpp"
#include "mail/piece_source.hpp"
#include "mail/result.hpp"
#include "mail/smtp_extensions.hpp"
#include "mail/smtp_reply.hpp"

namespace mail::smtp {

struct OutgoingRecipient {
  Address address;
  std::string notify;  ///< NOTIFY= as given, "" for none; left out when the server has no DSN
  std::string orcpt;   ///< ORCPT= as given (xtext), "" for none
};

/// One message with its envelope. `content` has CRLF line ends and is not dot-stuffed.
struct OutgoingMessage {
  Address sender;
  std::vector<OutgoingRecipient> recipients;
  std::string head;  ///< whole header lines that go before `content`, usually none
  std::string_view content;
  PieceSource pieces;       ///< where set, in place of `content`
  bool smtputf8 = false;    ///< its header has UTF-8; addresses that need it are noticed here
  std::string ret;          ///< RET= as given, "" for none
  std::string envid;        ///< ENVID= as given (xtext), "" for none
  bool requiretls = false;  ///< goes to a verified server with REQUIRETLS and to no other
};

/// The message as one server takes it.
struct FittedMessage {
  std::optional<std::string> converted;  ///< in place of what the message has, whole in memory
  BodyType body = BodyType::k7Bit;
  std::size_t size = 0;   ///< octets, `head` included
  bool smtputf8 = false;  ///< MAIL says SMTPUTF8
};

/// Or the reply every recipient gets, because the server lacks what the message needs.
Result<FittedMessage, Reply> fit(const OutgoingMessage& message, const Extensions& extensions);

///   MAIL FROM:<ann@example.test> SIZE=1234 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ314159
/// without CRLF; or the reply every recipient gets.
Result<std::string, Reply> mail_line(const OutgoingMessage& message, const FittedMessage& fitted,
                                     const Extensions& extensions);

///   RCPT TO:<bob@example.test> NOTIFY=SUCCESS ORCPT=rfc822;bob@example.test
/// without CRLF; or the reply this recipient gets.
Result<std::string, Reply> rcpt_line(const OutgoingRecipient& recipient,
                                     const Extensions& extensions);

}  // namespace mail::smtp
