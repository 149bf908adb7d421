#include "mail/imap_acl.hpp"

#include <algorithm>
#include <utility>

#include "mail/normal_form.hpp"

namespace mail {

namespace {

bool is_control_octet(char octet) {
  return static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f;
}

}  // namespace

// setacl = "SETACL" SP mailbox SP identifier SP mod-rights
ImapResult<SetAclArguments> parse_set_acl(std::string_view arguments) {
  ImapLexer lexer(arguments);
  SetAclArguments set;
  set.mailbox = lexer.astring();
  lexer.space();
  set.identifier = lexer.astring();
  lexer.space();
  auto rights = lexer.astring();
  auto whole = lexer.finish(std::move(set));
  if (!whole) return whole;
  auto change = parse_rights_change(rights);
  if (!change) return unexpected(change.error());
  whole->change = *change;
  return whole;
}

// deleteacl = "DELETEACL" SP mailbox SP identifier
ImapResult<AclArguments> parse_acl(std::string_view arguments) {
  ImapLexer lexer(arguments);
  AclArguments acl;
  acl.mailbox = lexer.astring();
  lexer.space();
  acl.identifier = lexer.astring();
  return lexer.finish(std::move(acl));
}

// identifier = astring
ImapResult<AclIdentifier> parse_acl_identifier(std::string_view text) {
  AclIdentifier identifier;
  identifier.negative = text.starts_with('-');
  if (identifier.negative) text.remove_prefix(1);
  auto prepared = nfc(text);
  bool fits = prepared && !prepared->empty() &&
              std::none_of(prepared->begin(), prepared->end(), is_control_octet);
  if (!fits) return unexpected(ImapSyntaxError{"the identifier can't be one"});
  identifier.name = std::move(*prepared);
  return identifier;
}

}  // namespace mail
