// The octets of one message as FETCH asks for them: ranges of the message where the range is known
// without looking inside (BODY[], HEADER, TEXT), text that had to be made otherwise (HEADER.FIELDS,
// a MIME part, BINARY). Reads from the store only what an item needs, and what several items of one
// message need only once. Used on the pool.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "mail/imap_fetch.hpp"
#include "mail/part_scanner.hpp"
#include "mailstore/messages.hpp"

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

using Octets = std::variant<NoOctets, OctetRange, std::string, UnknownEncoding>;

class MessageOctets {
 public:
  MessageOctets(mailstore::Account& account, mailstore::MailboxId mailbox,
                const mailstore::StoredMessage& message)
      : account_(account), mailbox_(mailbox), message_(message) {}

  /// The section without its partial applied.
  Octets section(const mail::Section& section);
  /// The part without its transfer encoding.
  Octets decoded(const std::vector<unsigned>& part);
  /// nullopt: expunged meanwhile.
  std::optional<std::string> read(OctetRange range) const;

 private:
  Octets of_message(const mail::Section& section);
  Octets of_part(const mail::Section& section);
  const std::string& whole();
  const mail::Part* find(const std::vector<unsigned>& part);

  mailstore::Account& account_;
  mailstore::MailboxId mailbox_;
  const mailstore::StoredMessage& message_;
  std::optional<std::string> whole_;
  std::optional<mail::Part> root_;
};

/// The range that is left of `range`, or text of `text`, when only a part is wanted.
OctetRange cut(const std::optional<mail::Partial>& partial, OctetRange range);
std::string_view cut(const std::optional<mail::Partial>& partial, std::string_view text);

/// HEADER.FIELDS and HEADER.FIELDS.NOT of a header, the empty line at its end kept (RFC 9051
/// §6.4.5.1).
std::string filter_header(std::string_view header, const mail::Section& section);

}  // namespace imapd
