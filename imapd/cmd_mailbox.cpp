// CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE (RFC 9051 §6.3.4 to §6.3.8, RFC 6154 §3). In
// another user's account they ask for rights, "k" of the nearest mailbox above a new name and "x"
// of one that is to go (RFC 4314 §4); subscriptions are always kept in one's own.

#include "imapd/handlers.hpp"
#include "imapd/namespaces.hpp"
#include "imapd/reach.hpp"
#include "imapd/wire_name.hpp"
#include "mailstore/acl.hpp"
#include "mailstore/mailbox_name.hpp"

namespace imapd {

namespace {

// nullopt for a use that can't be kept: unknown, or more than one.
std::optional<std::string> special_use(const std::vector<std::string>& wanted) {
  if (wanted.size() > 1) return std::nullopt;
  return mailstore::special_use_name(wanted.empty() ? std::string() : wanted.front());
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

using Done = mail::Result<void, Reply>;

Reply no_permission() { return no("NOPERM", "you have no right to do this here"); }

// Whether the user may make this name: in his own account outside of others' namespace, elsewhere
// below a mailbox that lets him.
Done may_create(mailstore::Account& account, mailstore::AccountId user, const std::string& name) {
  if (user == account.id()) {
    if (!is_for_others(name)) return {};
    return mail::unexpected(no("CANNOT", "these names are for the mailboxes of others"));
  }
  auto parents = mailstore::parents_of(name);
  for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
    auto info = mailstore::find_mailbox(account, *parent);
    if (!info) continue;
    if (mailstore::rights_of(account, info->id, user).has(mail::Right::kCreate)) return {};
    break;
  }
  return mail::unexpected(no_permission());
}

Done done(mail::Result<void, mailstore::Failure> result) {
  if (!result) return mail::unexpected(refusal(result.error()));
  return {};
}

// DELETE and RENAME of a name in the user's own account ask nothing: it may be no mailbox at all.
Done may_remove(mailstore::Account& account, mailstore::AccountId user, const Location& location) {
  if (user == account.id()) return {};
  auto reached = reach_in(account, user, location, mail::Right::kDelete);
  if (!reached) return mail::unexpected(reached.error());
  return {};
}

asio::awaitable<Reply> set_subscribed(Session& session, std::string name, bool subscribed) {
  auto set = [&name, subscribed](mailstore::Account& account) {
    return mailstore::set_subscribed(account, name, subscribed);
  };
  auto result = co_await session.in_store(set);
  if (!result) co_return refusal(result.error());
  session.changed_by_client(name);
  co_return ok(subscribed ? "Subscribe completed" : "Unsubscribe completed");
}

}  // namespace

asio::awaitable<Reply> cmd_create(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_create(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto location = co_await find_location(session, arguments->mailbox);
  if (!location) co_return location.error();
  auto use = special_use(arguments->special_use);
  bool keeps_use = use && (use->empty() || location->is_own(session));
  if (!keeps_use) co_return no("USEATTR", "this special use can't be set");
  auto& name = location->name;
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  const auto limits = session.service().store().limits(location->owner.id);
  auto create = [&name, &limits, &use = *use, user = session.account().id](
                    mailstore::Account& account) -> mail::Result<mailstore::MailboxInfo, Reply> {
    auto allowed = may_create(account, user, name);
    if (!allowed) return mail::unexpected(allowed.error());
    auto created = mailstore::create_mailbox(account, name, use, limits);
    if (!created) return mail::unexpected(refusal(created.error()));
    return std::move(*created);
  };
  auto created = co_await session.in_account(location->owner.id, create);
  if (!created) co_return created.error();
  session.changed_by_client(location->is_own(session) ? created->name : location->client);
  if (location->is_own(session)) tell_created(session, *created, name);
  co_return ok("Create completed", "MAILBOXID (" + created->object_id + ")");
}

asio::awaitable<Reply> cmd_delete(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto location = co_await find_location(session, std::move(*wire));
  if (!location) co_return location.error();
  auto remove = [&location = *location, user = session.account().id](mailstore::Account& account) {
    auto allowed = may_remove(account, user, location);
    return allowed ? done(mailstore::delete_mailbox(account, location.name)) : allowed;
  };
  auto removed = co_await session.in_account(location->owner.id, remove);
  if (!removed) co_return removed.error();
  session.changed_by_client(location->client);
  if (session.selected() && session.selected()->info().name == location->client) {
    session.unselect();
    session.out() += "* OK [CLOSED] The selected mailbox is gone\r\n";
  }
  co_return ok("Delete completed");
}

asio::awaitable<Reply> cmd_rename(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_rename(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto from = co_await find_location(session, arguments->from);
  if (!from) co_return from.error();
  auto to = co_await find_location(session, arguments->to);
  if (!to) co_return to.error();
  if (from->owner.id != to->owner.id) {
    co_return no("CANNOT", "a mailbox stays in the account it is in");
  }
  const auto limits = session.service().store().limits(to->owner.id);
  auto rename = [&from = *from, &to = *to, &limits,
                 user = session.account().id](mailstore::Account& account) {
    auto allowed = may_remove(account, user, from);
    if (allowed) allowed = may_create(account, user, to.name);
    return allowed ? done(mailstore::rename_mailbox(account, from.name, to.name, limits)) : allowed;
  };
  auto renamed = co_await session.in_account(from->owner.id, rename);
  if (!renamed) co_return renamed.error();
  session.changed_by_client(from->client);
  session.changed_by_client(to->client);
  co_return ok("Rename completed");
}

// One's own names may be subscribed whether there is such a mailbox or not.
asio::awaitable<Reply> cmd_subscribe(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto location = co_await find_location(session, std::move(*wire));
  if (!location) co_return location.error();
  if (location->is_own(session)) co_return co_await set_subscribed(session, location->name, true);
  auto find = [&location = *location, user = session.account().id](mailstore::Account& account) {
    return reach_in(account, user, location, mail::Right::kLookup);
  };
  auto reached = co_await session.in_account(location->owner.id, find);
  if (!reached) co_return reached.error();
  co_return co_await set_subscribed(session, reached->info.name, true);
}

asio::awaitable<Reply> cmd_unsubscribe(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto location = co_await find_location(session, std::move(*wire));
  if (!location) co_return location.error();
  co_return co_await set_subscribed(session, location->client, false);
}

}  // namespace imapd
