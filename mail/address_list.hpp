// Address lists of header fields as written (RFC 5322 §3.4 with §4.4's obsolete forms): what both
// the decoded list of address.hpp and IMAP's ENVELOPE are made from. Never fails: what can't be
// read is left out. Linear in the length of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// A mailbox, or the mark that a group begins or ends.
struct AddressEntry {
  enum class Kind { kMailbox, kGroupBegin, kGroupEnd };
  Kind kind = Kind::kMailbox;
  std::string name;    ///< display or group name: unquoted, encoded words as they are
  std::string local;   ///< unquoted
  std::string domain;  ///< "" if missing
  std::string route;   ///< obs-route as written without its colon ("@a,@b"), mostly ""
};

/// `value` may still be folded.
std::vector<AddressEntry> parse_address_entries(std::string_view value);

}  // namespace mail
