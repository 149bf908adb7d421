// Addresses: the mailbox of RFC 5321 §4.1.2 (with RFC 6531's UTF-8), and the address lists of RFC
// 5322 §3.4.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// A mailbox as SMTP speaks of it. `local` is unquoted and unescaped, case kept; `domain` is as
/// written
/// ("example.test", "[127.0.0.1]", or UTF-8). Both empty is the null reverse-path `<>`.
struct Address {
  std::string local;
  std::string domain;

  bool is_null() const { return local.empty() && domain.empty(); }
  bool needs_smtputf8() const;
  /// local@domain, the local part quoted where RFC 5321 wants it.
  std::string to_string() const;
  auto operator<=>(const Address&) const = default;
};

/// `local@domain`, quoted local parts and address literals included; nullopt unless all of `text`
/// is one. Limits: local part 64 octets (255 when it is of SRS), domain 255 (RFC 5321 §4.5.3.1).
std::optional<Address> parse_address(std::string_view text);

/// Does the local part claim to be of the Sender Rewriting Scheme: SRS0= or SRS1=, in any case?
bool is_srs(std::string_view local);

/// The domain as a key to compare and store: lower case, A-labels turned to U-labels by libidn2
/// (UTS 46, non transitional), NFC; nullopt when it is no valid domain name.
std::optional<std::string> domain_key(std::string_view domain);

/// The domain in A-labels, for DNS and for peers without SMTPUTF8; nullopt when it has none.
std::optional<std::string> domain_to_ascii(std::string_view domain);

/// The local part as a key: case-folded and NFC by utf8proc.
std::string local_key(std::string_view local);

/// One entry of a From/To/Cc header: a mailbox with its decoded display name, or a group with its
/// members.
struct NamedAddress {
  std::string name;  ///< decoded UTF-8, empty if none
  Address address;
};

/// The mailboxes of an address-list header value (RFC 5322 §3.4, groups flattened, comments
/// dropped, encoded words decoded). Never fails: what can't be read is left out.
std::vector<NamedAddress> parse_address_list(std::string_view header_value);

}  // namespace mail
