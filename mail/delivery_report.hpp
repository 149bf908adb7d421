// Delivery status notifications (RFC 3464 in RFC 6522's multipart/report, RFC 6533 where mail came
// by SMTPUTF8): what a server sends back about mail it could not, could not yet, or did deliver.
// Three parts: plain words (mail/delivery_words.hpp), fields for programs, and the message or its
// header. Pure. No value given can add a field or a line, and every line is one that SMTP carries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/date.hpp"

namespace mail {

/// In the order in which people are told. RFC 3464 §2.3.3
enum class DeliveryAction { kFailed, kDelayed, kDelivered, kRelayed, kExpanded };

struct RecipientReport {
  Address recipient;
  std::string named;               ///< what people are told: the address as the sender wrote it
  std::string original_recipient;  ///< ORCPT, its xtext decoded: "rfc822;bob@far.test"; "" if none
  DeliveryAction action = DeliveryAction::kFailed;
  std::string status;      ///< "5.1.1" (RFC 3463)
  std::string remote_mta;  ///< host that said it, "" if it was this one
  std::string diagnostic;  ///< its reply: "550 5.1.1 No such user"
  std::int64_t retry_until =
      0;  ///< delayed: when it will be given up, seconds since 1970; 0: unknown
};

/// RET of RFC 3461 §4.3.
enum class ReturnedContent { kFull, kHeaders };

struct DeliveryReport {
  Address from;                ///< a postmaster
  Address to;                  ///< the reverse-path of the message reported on
  std::string reporting_host;  ///< this server's name
  std::string envelope_id;     ///< ENVID, its xtext decoded; "" if none
  std::string log_id;          ///< what this server's log calls the message, "" if nothing
  DateTime arrival;
  DateTime date;           ///< of the report, and of the last attempt
  std::string message_id;  ///< of the report, with angle brackets
  std::vector<RecipientReport> recipients;
  std::string_view original;  ///< the message
  /// kFull of a message that can't travel inside another (octets or lines that need BINARYMIME)
  /// becomes kHeaders.
  ReturnedContent returned = ReturnedContent::kHeaders;
  bool smtputf8 = false;  ///< the message came by SMTPUTF8: it goes back as message/global
};

/// The whole message; send it with the null reverse-path. Its own header needs no SMTPUTF8 unless
/// `to` does.
std::string compose_report(const DeliveryReport& report);

}  // namespace mail
