// The arguments of SETACL, DELETEACL and LISTRIGHTS (RFC 4314 §3, §7) as plain structs. GETACL and
// MYRIGHTS name a mailbox and nothing else (imap_command.hpp).
#pragma once

#include <string>
#include <string_view>

#include "mail/imap_lexer.hpp"
#include "mail/rights.hpp"

namespace mail {

/// Mailbox and identifier as the client wrote them.
struct AclArguments {
  std::string mailbox;
  std::string identifier;
};

struct SetAclArguments {
  std::string mailbox;
  std::string identifier;
  RightsChange change;
};

ImapResult<SetAclArguments> parse_set_acl(std::string_view arguments);
/// DELETEACL and LISTRIGHTS.
ImapResult<AclArguments> parse_acl(std::string_view arguments);

/// An identifier taken apart: "-fred" is about what is taken from fred.
struct AclIdentifier {
  std::string name;  ///< without the dash, in normal form C; never empty
  bool negative = false;
  bool anyone() const { return name == "anyone"; }
};
/// What is empty, no UTF-8 or has controls is the client's error (RFC 4314 §3).
ImapResult<AclIdentifier> parse_acl_identifier(std::string_view text);

}  // namespace mail
