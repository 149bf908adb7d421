// Delivery status notifications (RFC 3464 in RFC 6522's multipart/report, RFC 6533 where addresses
// are no ASCII): what a server sends back about mail it could not or did deliver. Pure. No value
// given can add a field or a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/date.hpp"

namespace mail {

enum class DeliveryAction { kFailed, kDelayed, kDelivered, kRelayed, kExpanded };

struct RecipientReport {
  Address recipient;
  std::string named;               ///< what people are told: the address as the sender wrote it
  std::string original_recipient;  ///< ORCPT, its xtext decoded: "rfc822;bob@far.test"; "" if none
  DeliveryAction action = DeliveryAction::kFailed;
  std::string status;      ///< "5.1.1" (RFC 3463)
  std::string remote_mta;  ///< host that said it, "" if it was this one
  std::string diagnostic;  ///< its reply: "550 5.1.1 No such user"
};

/// RET of RFC 3461 §4.3.
enum class ReturnedContent { kFull, kHeaders };

struct DeliveryReport {
  Address from;                ///< a postmaster
  Address to;                  ///< the reverse-path of the message reported on
  std::string reporting_host;  ///< this server's name
  std::string envelope_id;     ///< ENVID, its xtext decoded; "" if none
  DateTime arrival;
  DateTime date;           ///< of the report, and of the last attempt
  std::string message_id;  ///< of the report, with angle brackets
  std::vector<RecipientReport> recipients;
  std::string_view original;  ///< the message
  ReturnedContent returned = ReturnedContent::kHeaders;
  bool smtputf8 = false;  ///< the message came by SMTPUTF8: it goes back as message/global
};

/// The whole message; send it with the null reverse-path.
std::string compose_report(const DeliveryReport& report);

}  // namespace mail
