#include "mail/imap_list.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/imap_metadata.hpp"

namespace mail {

namespace {

constexpr std::array<std::pair<StatusItem, std::string_view>, 11> kStatusItems{{
    {StatusItem::kMessages, "MESSAGES"},
    {StatusItem::kRecent, "RECENT"},
    {StatusItem::kUidNext, "UIDNEXT"},
    {StatusItem::kUidValidity, "UIDVALIDITY"},
    {StatusItem::kUnseen, "UNSEEN"},
    {StatusItem::kDeleted, "DELETED"},
    {StatusItem::kSize, "SIZE"},
    {StatusItem::kHighestModSeq, "HIGHESTMODSEQ"},
    {StatusItem::kAppendLimit, "APPENDLIMIT"},
    {StatusItem::kMailboxId, "MAILBOXID"},
    {StatusItem::kDeletedStorage, "DELETED-STORAGE"},
}};

// status-att *(SP status-att) in parentheses
std::vector<StatusItem> parse_status_items(ImapLexer& lexer) {
  std::vector<StatusItem> items;
  lexer.expect('(');
  do {
    auto word = lexer.word();
    auto known = std::find_if(kStatusItems.begin(), kStatusItems.end(),
                              [&](const auto& entry) { return entry.second == word; });
    if (known == kStatusItems.end())
      lexer.fail("a status item");
    else
      items.push_back(known->first);
  } while (lexer.accept(' '));
  lexer.expect(')');
  return items;
}

// list-select-opts = "(" [list-select-opt *(SP list-select-opt)] ")"
void parse_selection(ImapLexer& lexer, ListArguments& list) {
  list.extended = true;
  if (lexer.accept(')')) return;
  do {
    auto option = lexer.word();
    if (option == "SUBSCRIBED")
      list.select_subscribed = list.return_subscribed = true;
    else if (option == "SPECIAL-USE")
      list.select_special_use = list.return_special_use = true;
    else if (option == "RECURSIVEMATCH")
      list.recursive_match = true;
    else if (option != "REMOTE")
      lexer.fail("a selection option");
  } while (lexer.accept(' '));
  lexer.expect(')');
  bool has_base = list.select_subscribed || list.select_special_use;
  if (list.recursive_match && !has_base) lexer.fail("RECURSIVEMATCH with another selection option");
}

// mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")"
void parse_patterns(ImapLexer& lexer, ListArguments& list) {
  if (!lexer.accept('(')) {
    list.patterns.push_back(lexer.list_mailbox());
    return;
  }
  list.extended = true;
  do list.patterns.push_back(lexer.list_mailbox());
  while (lexer.accept(' '));
  lexer.expect(')');
}

// list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"
void parse_returns(ImapLexer& lexer, ListArguments& list) {
  list.extended = true;
  if (lexer.word() != "RETURN") lexer.fail("RETURN");
  lexer.space();
  lexer.expect('(');
  if (lexer.accept(')')) return;
  do {
    auto option = lexer.word();
    if (option == "SUBSCRIBED")
      list.return_subscribed = true;
    else if (option == "CHILDREN")
      list.return_children = true;
    else if (option == "SPECIAL-USE")
      list.return_special_use = true;
    else if (option == "MYRIGHTS")
      list.return_my_rights = true;
    else if (option == "METADATA") {
      lexer.space();
      list.return_metadata = parse_metadata_entries(lexer);
    } else if (option == "STATUS") {
      lexer.space();
      list.return_status = parse_status_items(lexer);
    } else
      lexer.fail("a return option");
  } while (lexer.accept(' '));
  lexer.expect(')');
}

}  // namespace

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
ImapResult<StatusArguments> parse_status(std::string_view arguments) {
  ImapLexer lexer(arguments);
  StatusArguments status;
  status.mailbox = lexer.astring();
  lexer.space();
  status.items = parse_status_items(lexer);
  return lexer.finish(std::move(status));
}

std::string_view render_status_item(StatusItem item) {
  return kStatusItems[static_cast<std::size_t>(item)].second;
}

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
ImapResult<ListArguments> parse_list(std::string_view arguments) {
  ImapLexer lexer(arguments);
  ListArguments list;
  if (lexer.accept('(')) {
    parse_selection(lexer, list);
    lexer.space();
  }
  list.reference = lexer.astring();
  lexer.space();
  parse_patterns(lexer, list);
  if (lexer.accept(' ')) parse_returns(lexer, list);
  return lexer.finish(std::move(list));
}

// lsub = "LSUB" SP mailbox SP list-mailbox
ImapResult<ListArguments> parse_lsub(std::string_view arguments) {
  ImapLexer lexer(arguments);
  ListArguments list;
  list.reference = lexer.astring();
  lexer.space();
  list.patterns.push_back(lexer.list_mailbox());
  return lexer.finish(std::move(list));
}

}  // namespace mail
