// The octets of one message as FETCH asks for them: ranges of the message where the range is known
// without looking inside (BODY[], HEADER, TEXT), text that had to be made otherwise (HEADER.FIELDS,
// a MIME part, BINARY). Reads from the store only what an item needs, and what several items of one
// message need only once. Used on the pool.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "imapd/scanned_parts.hpp"
#include "mail/imap_fetch.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/object_id.hpp"

namespace imapd {

/// Octets [begin, end) of the stored message.
struct OctetRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// There is no such part.
struct NoOctets {};

/// The part's transfer encoding is unknown (RFC 3516 §4.3).
struct UnknownEncoding {};

/// A part too large to be decoded at once.
using LargePart = std::shared_ptr<const DecodedPart>;

using Octets = std::variant<NoOctets, OctetRange, std::string, UnknownEncoding, LargePart>;

class MessageOctets {
 public:
  /// `parts` is kept from message to message and from command to command.
  MessageOctets(mailstore::Account& account, mailstore::MailboxId mailbox,
                const mailstore::StoredMessage& message, ScannedParts& parts)
      : account_(account), mailbox_(mailbox), message_(message), parts_(parts) {}

  /// The section without its partial applied.
  Octets section(const mail::Section& section);
  /// The part without its transfer encoding.
  Octets decoded(const std::vector<unsigned>& part);
  /// PREVIEW; "" when there is nothing to read.
  std::string preview() const;
  /// The message's thread number, read from the header when the store has none.
  std::int64_t thread() const;
  mailstore::ObjectIds object_ids() const { return mailstore::ObjectIds(account_); }
  std::string email_id(const mailstore::ObjectIds& ids) const {
    return ids.email(account_, message_.content_id);
  }
  /// nullopt: expunged meanwhile.
  std::optional<std::string> read(OctetRange range) const;
  /// To be read piece by piece, come what may; nullopt: expunged meanwhile.
  std::optional<mailstore::HeldContent> hold() const {
    return mailstore::hold_content(account_, mailbox_, message_.uid);
  }

 private:
  Octets of_message(const mail::Section& section);
  Octets of_part(const mail::Section& section);
  Octets filtered(OctetRange header, const mail::Section& section) const;
  Octets decoded_part(const std::vector<unsigned>& number, const mail::Part& part);
  const mail::Part* root();
  const mail::Part* find(const std::vector<unsigned>& part);

  mailstore::Account& account_;
  mailstore::MailboxId mailbox_;
  const mailstore::StoredMessage& message_;
  ScannedParts& parts_;
  std::optional<std::string> whole_;  ///< once it was needed
};

/// The range that is left of `range`, or text of `text`, when only a part is wanted.
OctetRange cut(const std::optional<mail::Partial>& partial, OctetRange range);
std::string_view cut(const std::optional<mail::Partial>& partial, std::string_view text);

/// HEADER.FIELDS and HEADER.FIELDS.NOT of a header, the empty line at its end kept (RFC 9051
/// §6.4.5.1).
std::string filter_header(std::string_view header, const mail::Section& section);

}  // namespace imapd
