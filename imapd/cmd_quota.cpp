// GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208). Limits are the administrator's to set, by
// mailctl.

#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "imapd/render_quota.hpp"
#include "mail/ascii.hpp"
#include "mail/imap_quota.hpp"

namespace imapd {

namespace {

Reply no_such_root() { return no("NONEXISTENT", "there is no such quota root"); }

asio::awaitable<void> tell_quota(Session& session, const mailstore::AccountInfo& owner,
                                 const mailstore::Limits& limits) {
  auto read = [](mailstore::Account& account) { return mailstore::usage(account); };
  const auto used = co_await session.in_account(owner.id, read);
  append_quota(session.out(), owner.address, limits, used, session.enabled());
}

// How much another user's mailboxes hold is told to those who may read this one (RFC 9208 §6).
asio::awaitable<bool> may_know(Session& session, const Location& location) {
  if (location.is_own(session)) co_return true;
  auto look = [&location, user = session.account().id](mailstore::Account& account) {
    return reach_in(account, user, location, mail::Right::kRead).has_value();
  };
  co_return co_await session.in_account(location.owner.id, look);
}

}  // namespace

// Another's root is answered for as one that isn't there.
asio::awaitable<Reply> cmd_get_quota(Session& session, mail::ImapCommand command) {
  auto root = mail::parse_get_quota(command.arguments);
  if (!root) co_return bad(root.error());
  const auto owner = session.account();
  const auto limits = session.service().store().limits(owner.id);
  if (!mail::same_ignoring_case(*root, owner.address) || !limits.any()) co_return no_such_root();
  co_await tell_quota(session, owner, limits);
  co_return ok("Getquota completed");
}

// The mailbox need not exist: this is the root it would have (RFC 9208 §4.1.2).
asio::awaitable<Reply> cmd_get_quota_root(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto location = co_await find_location(session, std::move(*wire));
  if (!location) co_return location.error();
  const bool knows = co_await may_know(session, *location);
  if (!knows) co_return no("NOPERM", "you may not read this mailbox");
  const auto limits = session.service().store().limits(location->owner.id);
  append_quota_root(session.out(), location->client, limits.any() ? location->owner.address : "",
                    session.enabled());
  if (limits.any()) co_await tell_quota(session, location->owner, limits);
  co_return ok("Getquotaroot completed");
}

asio::awaitable<Reply> cmd_set_quota(Session&, mail::ImapCommand command) {
  auto arguments = mail::parse_set_quota(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  co_return no("NOPERM", "limits are set by the administrator");
}

}  // namespace imapd
