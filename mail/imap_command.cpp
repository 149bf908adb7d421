#include "mail/imap_command.hpp"

#include <algorithm>

namespace mail {

namespace {

bool is_tag_char(char octet) { return octet != '+' && (is_atom_char(octet) || octet == ']'); }

std::string_view take_word(std::string_view& text, bool (*wanted)(char)) {
  auto end = std::find_if_not(text.begin(), text.end(), wanted);
  auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

bool take_space(std::string_view& text) {
  if (!text.starts_with(' ')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

// command = tag SP command-name [SP arguments] CRLF
// uid     = "UID" SP (copy / move / fetch / search / store / expunge)
Result<ImapCommand, ImapCommandError> parse_imap_command(std::string_view text) {
  ImapCommand command;
  command.tag = take_word(text, is_tag_char);
  if (command.tag.empty() || !take_space(text)) {
    return unexpected(ImapCommandError{"", "a command begins with a tag and a space"});
  }
  command.verb = to_upper(take_word(text, is_atom_char));
  if (command.verb == "UID" && take_space(text)) {
    command.verb += " " + to_upper(take_word(text, is_atom_char));
  }
  if (command.verb.empty() || command.verb == "UID ") {
    return unexpected(ImapCommandError{command.tag, "no command after the tag"});
  }
  if (!text.empty() && !take_space(text)) {
    return unexpected(ImapCommandError{command.tag, "no space after the command"});
  }
  command.arguments = text;
  return command;
}

ImapResult<NoArguments> parse_no_arguments(std::string_view arguments) {
  return ImapLexer(arguments).finish(NoArguments{});
}

// login = "LOGIN" SP userid SP password      both astring
ImapResult<LoginArguments> parse_login(std::string_view arguments) {
  ImapLexer lexer(arguments);
  LoginArguments login;
  login.user = lexer.astring();
  lexer.space();
  login.password = lexer.astring();
  return lexer.finish(std::move(login));
}

// authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]
ImapResult<AuthenticateArguments> parse_authenticate(std::string_view arguments) {
  ImapLexer lexer(arguments);
  AuthenticateArguments authenticate;
  authenticate.mechanism = lexer.word();
  if (lexer.accept(' ')) authenticate.initial_response = lexer.atom();
  return lexer.finish(std::move(authenticate));
}

// compress = "COMPRESS" SP algorithm
ImapResult<std::string> parse_compress(std::string_view arguments) {
  ImapLexer lexer(arguments);
  auto algorithm = lexer.word();
  return lexer.finish(std::move(algorithm));
}

// enable = "ENABLE" 1*(SP capability)
ImapResult<std::vector<std::string>> parse_enable(std::string_view arguments) {
  ImapLexer lexer(arguments);
  std::vector<std::string> capabilities;
  do capabilities.push_back(lexer.word());
  while (lexer.accept(' '));
  return lexer.finish(std::move(capabilities));
}

// language-cmd = "LANGUAGE" *(SP lang-range-quoted)      each an astring
ImapResult<std::vector<std::string>> parse_language(std::string_view arguments) {
  ImapLexer lexer(arguments);
  std::vector<std::string> ranges;
  if (lexer.at_end()) return ranges;
  do ranges.push_back(lexer.astring());
  while (lexer.accept(' '));
  return lexer.finish(std::move(ranges));
}

// id = "ID" SP ("NIL" / "(" [string SP nstring *(SP string SP nstring)] ")")
ImapResult<IdFields> parse_id(std::string_view arguments) {
  ImapLexer lexer(arguments);
  IdFields fields;
  if (lexer.accept("NIL")) return lexer.finish(std::move(fields));
  lexer.expect('(');
  while (lexer.ok() && !lexer.accept(')')) {
    if (!fields.empty()) lexer.space();
    auto name = lexer.string();
    lexer.space();
    fields.emplace_back(std::move(name), lexer.nstring());
  }
  return lexer.finish(std::move(fields));
}

namespace {

// "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
// seq-match-data = "(" known-sequence-set SP known-uid-set ")"
QresyncParameters parse_qresync(ImapLexer& lexer) {
  QresyncParameters known;
  lexer.space();
  lexer.expect('(');
  known.uid_validity = lexer.nz_number();
  lexer.space();
  known.mod_seq = lexer.number64();
  bool more = lexer.accept(' ');
  if (more && lexer.peek() != '(') {
    known.known_uids = lexer.sequence_set();
    if (lexer.ok() && has_star(*known.known_uids)) lexer.fail("known UIDs without '*'");
    more = lexer.accept(' ');
  }
  if (more) {
    lexer.expect('(');
    known.match.emplace().numbers = lexer.sequence_set();
    lexer.space();
    known.match->uids = lexer.sequence_set();
    if (lexer.ok() && !is_valid(*known.match)) lexer.fail("as many UIDs as sequence numbers");
    lexer.expect(')');
  }
  lexer.expect(')');
  return known;
}

}  // namespace

// select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]
ImapResult<SelectArguments> parse_select(std::string_view arguments) {
  ImapLexer lexer(arguments);
  SelectArguments select;
  select.mailbox = lexer.astring();
  if (lexer.accept(' ')) {
    lexer.expect('(');
    do {
      auto parameter = lexer.word();
      if (parameter == "CONDSTORE")
        select.condstore = true;
      else if (parameter == "QRESYNC")
        select.qresync = parse_qresync(lexer);
      else
        lexer.fail("CONDSTORE or QRESYNC");
    } while (lexer.accept(' '));
    lexer.expect(')');
  }
  return lexer.finish(std::move(select));
}

ImapResult<std::string> parse_mailbox(std::string_view arguments) {
  ImapLexer lexer(arguments);
  auto mailbox = lexer.astring();
  return lexer.finish(std::move(mailbox));
}

// cancelupdate = "CANCELUPDATE" 1*(SP quoted)
ImapResult<std::vector<std::string>> parse_cancel_update(std::string_view arguments) {
  ImapLexer lexer(arguments);
  std::vector<std::string> tags;
  do tags.push_back(lexer.string());
  while (lexer.accept(' '));
  return lexer.finish(std::move(tags));
}

// uidbatches = "UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]
ImapResult<UidBatchesArguments> parse_uid_batches(std::string_view arguments) {
  ImapLexer lexer(arguments);
  UidBatchesArguments batches;
  batches.size = lexer.nz_number();
  if (lexer.accept(' ')) {
    batches.first = lexer.nz_number();
    lexer.expect(':');
    batches.last = lexer.nz_number();
  }
  return lexer.finish(batches);
}

// create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"]
ImapResult<CreateArguments> parse_create(std::string_view arguments) {
  ImapLexer lexer(arguments);
  CreateArguments create;
  create.mailbox = lexer.astring();
  if (lexer.accept(' ')) {
    lexer.expect('(');
    if (lexer.word() != "USE") lexer.fail("USE");
    lexer.space();
    lexer.expect('(');
    while (lexer.ok() && !lexer.accept(')')) {
      if (!create.special_use.empty()) lexer.space();
      create.special_use.push_back(lexer.flag());
    }
    lexer.expect(')');
  }
  return lexer.finish(std::move(create));
}

// rename = "RENAME" SP mailbox SP mailbox
ImapResult<RenameArguments> parse_rename(std::string_view arguments) {
  ImapLexer lexer(arguments);
  RenameArguments rename;
  rename.from = lexer.astring();
  lexer.space();
  rename.to = lexer.astring();
  return lexer.finish(std::move(rename));
}

}  // namespace mail
