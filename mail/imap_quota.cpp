#include "mail/imap_quota.hpp"

namespace mail {

// getquota = "GETQUOTA" SP quota-root-name      astring
ImapResult<std::string> parse_get_quota(std::string_view arguments) {
  ImapLexer lexer(arguments);
  auto root = lexer.astring();
  return lexer.finish(std::move(root));
}

// setquota      = "SETQUOTA" SP quota-root-name SP setquota-list
// setquota-list = "(" [resource-name SP number64 *(SP resource-name SP number64)] ")"
ImapResult<SetQuotaArguments> parse_set_quota(std::string_view arguments) {
  ImapLexer lexer(arguments);
  SetQuotaArguments set;
  set.root = lexer.astring();
  lexer.space();
  lexer.expect('(');
  while (lexer.ok() && !lexer.accept(')')) {
    if (!set.limits.empty()) lexer.space();
    auto resource = lexer.word();
    lexer.space();
    set.limits.emplace_back(std::move(resource), lexer.number64());
  }
  return lexer.finish(std::move(set));
}

}  // namespace mail
