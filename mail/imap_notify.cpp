#include "mail/imap_notify.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mail {

namespace {

using Mailboxes = NotifyGroup::Mailboxes;

constexpr std::array<std::pair<std::string_view, Mailboxes>, 7> kFilters{{
    {"SELECTED", Mailboxes::kSelected},
    {"SELECTED-DELAYED", Mailboxes::kSelectedDelayed},
    {"INBOXES", Mailboxes::kInboxes},
    {"PERSONAL", Mailboxes::kPersonal},
    {"SUBSCRIBED", Mailboxes::kSubscribed},
    {"SUBTREE", Mailboxes::kSubtree},
    {"MAILBOXES", Mailboxes::kNamed},
}};

/// The events of one group, before it is known whether they go together.
struct Named {
  bool fresh = false;    // MessageNew
  bool expunge = false;  // MessageExpunge
  bool annotation = false;
  bool unknown = false;
  NotifyEvents others;
};

void add_event(std::string_view word, Named& named) {
  if (word == "MESSAGENEW")
    named.fresh = true;
  else if (word == "MESSAGEEXPUNGE")
    named.expunge = true;
  else if (word == "FLAGCHANGE")
    named.others.flags = true;
  else if (word == "ANNOTATIONCHANGE")
    named.annotation = true;
  else if (word == "MAILBOXNAME")
    named.others.names = true;
  else if (word == "SUBSCRIPTIONCHANGE")
    named.others.subscriptions = true;
  else if (word == "MAILBOXMETADATACHANGE")
    named.others.mailbox_metadata = true;
  else if (word == "SERVERMETADATACHANGE")
    named.others.server_metadata = true;
  else
    named.unknown = true;
}

// one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")"
std::vector<std::string> parse_names(ImapLexer& lexer) {
  std::vector<std::string> names;
  bool many = lexer.accept('(');
  do names.push_back(lexer.astring());
  while (many && lexer.accept(' '));
  if (many) lexer.expect(')');
  return names;
}

// event = "MessageNew" [SP "(" fetch-att *(SP fetch-att) ")"] / atom
void parse_event(ImapLexer& lexer, NotifyGroup& group, Named& named) {
  auto word = lexer.word();
  add_event(word, named);
  if (word != "MESSAGENEW" || !lexer.ok() || !lexer.rest().starts_with(" (")) return;
  lexer.space();
  lexer.expect('(');
  group.fetch = parse_fetch_items(lexer);
  lexer.expect(')');
}

bool is_selected(Mailboxes mailboxes) {
  return mailboxes == Mailboxes::kSelected || mailboxes == Mailboxes::kSelectedDelayed;
}

// RFC 5465 §5: MessageNew and MessageExpunge come together, changes of messages with both of them;
// §6.1: of the selected mailbox there are events of messages alone, and items only there.
void check(ImapLexer& lexer, const NotifyGroup& group, const Named& named) {
  bool changes = named.others.flags || named.annotation;
  bool both = named.fresh && named.expunge;
  if ((named.fresh || named.expunge || changes) && !both) {
    lexer.fail("MessageNew and MessageExpunge together");
  }
  bool selected = is_selected(group.mailboxes);
  auto others = named.others;
  bool of_mailboxes = others.any_of_mailboxes() || others.server_metadata;
  if (selected && of_mailboxes) lexer.fail("events of messages alone with SELECTED");
  if (!selected && !group.fetch.empty()) lexer.fail("FETCH items with SELECTED alone");
}

// events = ("(" event *(SP event) ")") / "NONE"; true when one of them is not known
bool parse_events(ImapLexer& lexer, NotifyGroup& group) {
  if (!lexer.accept('(')) {
    if (lexer.word() != "NONE") lexer.fail("NONE or a list of events");
    return false;
  }
  Named named;
  do parse_event(lexer, group, named);
  while (lexer.accept(' '));
  lexer.expect(')');
  check(lexer, group, named);
  group.events = named.others;
  group.events.messages = named.fresh;
  return named.unknown || named.annotation;
}

// event-group = "(" filter-mailboxes SP events ")"
void parse_group(ImapLexer& lexer, NotifyArguments& notify) {
  NotifyGroup group;
  lexer.expect('(');
  auto word = lexer.word();
  auto filter = std::find_if(kFilters.begin(), kFilters.end(),
                             [&](const auto& entry) { return entry.first == word; });
  if (filter == kFilters.end()) return lexer.fail("SELECTED, PERSONAL, SUBTREE or the like");
  group.mailboxes = filter->second;
  lexer.space();
  bool has_names = group.mailboxes == Mailboxes::kSubtree || group.mailboxes == Mailboxes::kNamed;
  if (has_names) {
    group.names = parse_names(lexer);
    lexer.space();
  }
  notify.unsupported |= parse_events(lexer, group);
  lexer.expect(')');
  notify.groups.push_back(std::move(group));
}

}  // namespace

NotifyEvents& NotifyEvents::operator|=(const NotifyEvents& other) {
  messages |= other.messages;
  flags |= other.flags;
  names |= other.names;
  subscriptions |= other.subscriptions;
  mailbox_metadata |= other.mailbox_metadata;
  server_metadata |= other.server_metadata;
  return *this;
}

// notify = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-group *(SP event-group) / "NONE")
ImapResult<NotifyArguments> parse_notify(std::string_view arguments) {
  ImapLexer lexer(arguments);
  NotifyArguments notify;
  auto word = lexer.word();
  notify.none = word == "NONE";
  if (notify.none) return lexer.finish(std::move(notify));
  if (word != "SET") lexer.fail("SET or NONE");
  lexer.space();
  notify.status = lexer.peek() != '(';
  if (notify.status) {
    if (lexer.word() != "STATUS") lexer.fail("STATUS or a group of events");
    lexer.space();
  }
  do parse_group(lexer, notify);
  while (lexer.accept(' '));
  auto of_selected =
      std::count_if(notify.groups.begin(), notify.groups.end(),
                    [](const NotifyGroup& group) { return is_selected(group.mailboxes); });
  if (of_selected > 1) lexer.fail("SELECTED once");
  return lexer.finish(std::move(notify));
}

std::string_view notify_event_names() {
  return "MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange "
         "MailboxMetadataChange ServerMetadataChange";
}

}  // namespace mail
