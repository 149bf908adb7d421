// Building messages (RFC 5322, MIME): what mua sends. Everything it writes is valid whatever it is
// given: lines end in CRLF and are at most 78 octets long where the protocol lets them be folded,
// and nothing in a name or subject can add a field. Pure: clock and identity come from the caller.
// The MIME tree is mimetic's (body_writer), the top fields are field_writer's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/attached_file.hpp"
#include "mail/body_writer.hpp"
#include "mail/date.hpp"

namespace mail {

/// The text in another form, which readers choose between (RFC 2046 §5.1.4).
struct Alternative {
  std::string type;     ///< with its parameters: "text/calendar; charset=utf-8; method=REPLY"
  std::string content;  ///< UTF-8, lines ending in CRLF
};

struct Draft {
  NamedAddress from;
  std::vector<NamedAddress> to, cc, bcc, reply_to;
  std::string subject;  ///< UTF-8
  std::string text;     ///< UTF-8, any line ends
  std::vector<Alternative> alternatives;
  std::vector<Attachment> attachments;
  std::string in_reply_to;              ///< with angle brackets, "" if none
  std::vector<std::string> references;  ///< with angle brackets, oldest first
  DateTime date;
  std::string message_id;  ///< with angle brackets
  /// kExact: nothing in the text that is changed on some ways (RFC 3156 §5), for what is signed.
  TextForm form = TextForm::kUsual;
};

/// The copy kept in Sent or Drafts has Bcc, the one sent has not (RFC 5322 §3.6.3).
enum class BccField { kKeep, kOmit };

std::string compose(const Draft& draft, BccField bcc);
/// The same piece by piece: attachments are read as they are written, and what reading one throws
/// goes through.
void compose(const Draft& draft, BccField bcc, const PieceWriter& write);

/// Of To, Cc and Bcc, each once.
std::vector<Address> recipients(const Draft& draft);

/// "<...@domain>", never the same again.
std::string make_message_id(std::string_view domain);

enum class ReplyTo { kSender, kAll };

/// An answer begun: recipients, subject with "Re:", In-Reply-To and References (RFC 5322 §3.6.4).
/// `self` is left out of the recipients of an answer to all. Text, From, date and id are for the
/// caller to fill in.
Draft begin_reply(std::string_view original, ReplyTo to, const Address& self);

}  // namespace mail
