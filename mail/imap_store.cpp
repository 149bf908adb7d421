#include "mail/imap_store.hpp"

#include <utility>

#include "mail/ascii.hpp"

namespace mail {

namespace {

// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword
void parse_flag(ImapLexer& lexer, FlagSet& flags) {
  auto flag = lexer.flag();
  if (!flag.starts_with('\\')) {
    if (!flag.empty()) flags.keywords.push_back(std::move(flag));
    return;
  }
  if (auto system = parse_system_flag(flag)) flags.system |= *system;
  // Clients copy what FETCH told them back into APPEND and STORE, \Recent included.
  else if (!same_ignoring_case(flag, "\\Recent"))
    lexer.fail("a flag that exists");
}

}  // namespace

// flag-list = "(" [flag *(SP flag)] ")"
FlagSet parse_flag_list(ImapLexer& lexer) {
  FlagSet flags;
  lexer.expect('(');
  if (lexer.accept(')')) return flags;
  do parse_flag(lexer, flags);
  while (lexer.accept(' '));
  lexer.expect(')');
  return flags;
}

// store           = "STORE" SP sequence-set [SP "(" "UNCHANGEDSINCE" SP mod-sequence-valzer ")"]
//                   SP store-att-flags
// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
ImapResult<StoreArguments> parse_store(std::string_view arguments) {
  ImapLexer lexer(arguments);
  StoreArguments store;
  store.messages = lexer.message_set();
  lexer.space();
  if (lexer.accept('(')) {
    if (lexer.word() != "UNCHANGEDSINCE") lexer.fail("UNCHANGEDSINCE");
    lexer.space();
    store.unchanged_since = lexer.number64();
    lexer.expect(')');
    lexer.space();
  }
  if (lexer.accept('+'))
    store.mode = StoreMode::kAdd;
  else if (lexer.accept('-'))
    store.mode = StoreMode::kRemove;
  auto word = lexer.word();
  store.silent = word == "FLAGS.SILENT";
  if (!store.silent && word != "FLAGS") lexer.fail("FLAGS or FLAGS.SILENT");
  lexer.space();
  if (lexer.peek() == '(') {
    store.flags = parse_flag_list(lexer);
  } else {
    do parse_flag(lexer, store.flags);
    while (lexer.accept(' '));
  }
  return lexer.finish(std::move(store));
}

// copy = "COPY" SP sequence-set SP mailbox
ImapResult<CopyArguments> parse_copy(std::string_view arguments) {
  ImapLexer lexer(arguments);
  CopyArguments copy;
  copy.messages = lexer.message_set();
  lexer.space();
  copy.mailbox = lexer.astring();
  return lexer.finish(std::move(copy));
}

ImapResult<MessageSet> parse_uid_expunge(std::string_view arguments) {
  ImapLexer lexer(arguments);
  auto messages = lexer.message_set();
  return lexer.finish(std::move(messages));
}

}  // namespace mail
