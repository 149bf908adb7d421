#include "imapd/reach.hpp"

#include <utility>

#include "imapd/namespaces.hpp"
#include "imapd/wire_name.hpp"
#include "mailstore/acl.hpp"

namespace imapd {

namespace {

/// Somebody else's, if he shares anything with the user; else it is a name of the user's own.
asio::awaitable<std::optional<Location>> location_with_other(Session& session, OthersName named) {
  auto look_up = [&directory = session.service().store().directory(), user = session.account().id,
                  &named](mailstore::Account&) { return directory.sharer(user, named.address); };
  auto owner = co_await session.in_store(look_up);
  if (!owner) co_return std::nullopt;
  auto client = name_for_others(owner->address, named.name);
  co_return Location{std::move(*owner), std::move(named.name), std::move(client)};
}

}  // namespace

Reply refused_for(mail::Rights rights) {
  if (!rights.has(mail::Right::kLookup)) return no_such_mailbox();
  return no("NOPERM", "you have no right to do this with the mailbox");
}

Reply or_create_it(Reply reply) {
  if (reply.code == "NONEXISTENT") reply.code = "TRYCREATE";
  return reply;
}

asio::awaitable<mail::Result<Location, Reply>> find_location(Session& session, std::string wire) {
  auto name = stored_name(wire, session.enabled());
  if (!name) co_return mail::unexpected(name.error());
  if (auto named = parse_others_name(*name)) {
    auto location = co_await location_with_other(session, std::move(*named));
    if (location) co_return std::move(*location);
  }
  auto client = *name;
  co_return Location{session.account(), std::move(*name), std::move(client)};
}

mail::Result<Reached, Reply> reach_in(mailstore::Account& account, mailstore::AccountId user,
                                      const Location& location, mail::Rights needed, Need need) {
  auto info = mailstore::find_mailbox(account, location.name);
  if (!info || !info->selectable) return mail::unexpected(no_such_mailbox());
  auto rights = mailstore::rights_of(account, info->id, user);
  bool allowed = need == Need::kAll ? rights.has(needed) : rights.has_any(needed);
  if (!allowed) return mail::unexpected(refused_for(rights));
  if (user != account.id()) {
    info->name = name_for_others(location.owner.address, info->name);
    // His \Sent is not the place for what the user sends.
    info->special_use.clear();
  }
  return Reached{account.id(), std::move(*info), rights};
}

asio::awaitable<mail::Result<Reached, Reply>> reach(Session& session, std::string wire,
                                                    mail::Rights needed, Need need) {
  auto location = co_await find_location(session, std::move(wire));
  if (!location) co_return mail::unexpected(location.error());
  auto job = [&location = *location, user = session.account().id, needed,
              need](mailstore::Account& account) {
    return reach_in(account, user, location, needed, need);
  };
  co_return co_await session.in_account(location->owner.id, job);
}

}  // namespace imapd
