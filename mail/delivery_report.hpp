// Delivery status notifications (RFC 3464 in RFC 6522's multipart/report, RFC 6533 where addresses
// are no ASCII): what a server sends back about mail it could not or did deliver. Pure.
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
  std::string original_recipient;  ///< ORCPT as given ("rfc822;..."), "" if none
  DeliveryAction action = DeliveryAction::kFailed;
  std::string status;      ///< "5.1.1" (RFC 3463)
  std::string remote_mta;  ///< host that said it, "" if it was this one
  std::string diagnostic;  ///< its reply: "550 5.1.1 No such user"
};

/// RET of RFC 3461 §4.3.
enum class ReturnedContent { kFull, kHeaders };

struct DeliveryReport {
  Address to;                  ///< the reverse-path of the message reported on
  std::string reporting_host;  ///< this server's name
  std::string envelope_id;     ///< ENVID, "" if none
  DateTime arrival;
  DateTime date;
  std::string message_id;  ///< of the report, with angle brackets
  std::vector<RecipientReport> recipients;
  std::string_view original;  ///< the message, or its header
  ReturnedContent returned = ReturnedContent::kHeaders;
};

/// The whole message; send it with the null reverse-path.
std::string compose_report(const DeliveryReport& report);

}  // namespace mail
