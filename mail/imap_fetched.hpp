// What FETCH answers, as values (RFC 9051 §7.5.2): flags, sizes, dates, the envelope with its words
// decoded, the body structure with part numbers, and the octets of sections. Absent items stay
// absent: a server may send any of them at any time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/content_type.hpp"
#include "mail/date.hpp"
#include "mail/flags.hpp"
#include "mail/imap_node.hpp"
#include "mail/imap_server_response.hpp"

namespace mail::imap {

/// Texts are decoded UTF-8; message ids keep their angle brackets.
struct Envelope {
  std::string date;  ///< as the Date field has it
  std::string subject;
  std::vector<NamedAddress> from, sender, reply_to, to, cc, bcc;
  std::string in_reply_to;
  std::string message_id;
};

/// A part of a message. `number` is what BODY[number] takes.
struct BodyPart {
  std::string number;         ///< "1.2"; "" for the multipart that is the message itself
  std::string type, subtype;  ///< lower case
  Parameters parameters;      ///< names lower case, RFC 2231 joined and decoded
  std::string id, description;
  std::string encoding;  ///< lower case
  std::uint64_t size = 0;
  std::string disposition;  ///< lower case, "" if none
  Parameters disposition_parameters;
  std::vector<BodyPart> children;  ///< of a multipart; of message/rfc822 the message inside

  /// The file name of the disposition or, for old senders, of the type; "" if none.
  std::string file_name() const;
};

/// BODY[section] with its octets.
struct Section {
  std::string name;  ///< what stands between the brackets, as the server wrote it: "1.2", "HEADER"
  std::string octets;
};

struct Fetched {
  std::uint32_t sequence = 0;
  std::optional<std::uint32_t> uid;
  std::optional<FlagSet> flags;
  std::optional<std::uint64_t> size;    ///< RFC822.SIZE, octets
  std::optional<std::uint64_t> modseq;  ///< MODSEQ (RFC 7162 §3.1.4)
  std::optional<DateTime> internal_date;
  std::optional<Envelope> envelope;
  std::optional<BodyPart> structure;
  std::vector<Section> sections;

  /// nullptr when it was not sent. Names are compared without regard to case.
  const Section* section(std::string_view name) const;
};

/// nullopt when `data` is no FETCH response. Items that can't be read are left out.
std::optional<Fetched> read_fetch(const Data& data);

/// "(\Seen $Junk)": the flags of a list; \Recent and \* are left out.
FlagSet read_flags(const Node& list);

}  // namespace mail::imap
