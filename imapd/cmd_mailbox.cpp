// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8, RFC 6154 §3).

#include <algorithm>
#include <array>

#include "imapd/handlers.hpp"
#include "imapd/wire_name.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

constexpr std::array<std::string_view, 7> kSpecialUses{
    "\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"};

// In the spelling of RFC 6154 §2; nullopt for a use that can't be kept: unknown, or more than one.
std::optional<std::string> special_use(const std::vector<std::string>& wanted) {
  if (wanted.empty()) return "";
  if (wanted.size() > 1) return std::nullopt;
  auto known = std::find_if(kSpecialUses.begin(), kSpecialUses.end(), [&](std::string_view use) {
    return mail::same_ignoring_case(use, wanted.front());
  });
  if (known == kSpecialUses.end()) return std::nullopt;
  return std::string(*known);
}

// The store may have normalized the name: then a rev2 client is told (RFC 9051 §6.3.4).
void tell_created(Session& session, const mailstore::MailboxInfo& info, const std::string& wanted) {
  if (!session.enabled().rev2 || info.name == wanted) return;
  auto& out = session.out();
  out += "* LIST () \"/\" ";
  append_name(out, info.name, session.enabled());
  out += " (\"OLDNAME\" (";
  append_name(out, wanted, session.enabled());
  out += "))\r\n";
}

asio::awaitable<Reply> set_subscribed(Session& session, mail::ImapCommand command,
                                      bool subscribed) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto name = stored_name(*wire, session.enabled());
  if (!name) co_return name.error();
  auto set = [name = *name, subscribed](mailstore::Account& account) {
    return mailstore::set_subscribed(account, name, subscribed);
  };
  auto result = co_await session.in_store(std::move(set));
  if (!result) co_return refusal(result.error());
  co_return ok(subscribed ? "Subscribe completed" : "Unsubscribe completed");
}

}  // namespace

asio::awaitable<Reply> cmd_create(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_create(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto name = stored_name(arguments->mailbox, session.enabled());
  if (!name) co_return name.error();
  auto use = special_use(arguments->special_use);
  if (!use) co_return no("USEATTR", "this special use can't be set");
  while (name->size() > 1 && name->ends_with('/')) name->pop_back();
  auto create = [name = *name, use = *use](mailstore::Account& account) {
    return mailstore::create_mailbox(account, name, use);
  };
  auto created = co_await session.in_store(std::move(create));
  if (!created) co_return refusal(created.error());
  tell_created(session, *created, *name);
  co_return ok("Create completed");
}

asio::awaitable<Reply> cmd_delete(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto name = stored_name(*wire, session.enabled());
  if (!name) co_return name.error();
  auto remove = [name = *name](mailstore::Account& account) {
    return mailstore::delete_mailbox(account, name);
  };
  auto removed = co_await session.in_store(std::move(remove));
  if (!removed) co_return refusal(removed.error());
  if (session.selected() && session.selected()->info().name == *name) {
    session.unselect();
    session.out() += "* OK [CLOSED] The selected mailbox is gone\r\n";
  }
  co_return ok("Delete completed");
}

asio::awaitable<Reply> cmd_rename(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_rename(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto from = stored_name(arguments->from, session.enabled());
  if (!from) co_return from.error();
  auto to = stored_name(arguments->to, session.enabled());
  if (!to) co_return to.error();
  auto rename = [from = *from, to = *to](mailstore::Account& account) {
    return mailstore::rename_mailbox(account, from, to);
  };
  auto renamed = co_await session.in_store(std::move(rename));
  if (!renamed) co_return refusal(renamed.error());
  co_return ok("Rename completed");
}

asio::awaitable<Reply> cmd_subscribe(Session& session, mail::ImapCommand command) {
  return set_subscribed(session, std::move(command), true);
}

asio::awaitable<Reply> cmd_unsubscribe(Session& session, mail::ImapCommand command) {
  return set_subscribed(session, std::move(command), false);
}

}  // namespace imapd
