// STATUS (RFC 9051 §6.3.11).

#include <algorithm>

#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "imapd/render_status.hpp"
#include "mail/imap_list.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_status(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_status(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto location = co_await find_location(session, arguments->mailbox);
  if (!location) co_return location.error();
  const auto& items = arguments->items;
  session.enabled().condstore |=
      std::find(items.begin(), items.end(), mail::StatusItem::kHighestModSeq) != items.end();
  using Found = mail::Result<mailstore::MailboxStatus, Reply>;
  auto read = [&location = *location, &items,
               user = session.account().id](mailstore::Account& account) -> Found {
    auto reached = reach_in(account, user, location, mail::Right::kRead);
    if (!reached) return mail::unexpected(reached.error());
    auto status = read_status(account, reached->info.id, items);
    if (!status) return mail::unexpected(refusal(status.error()));
    return std::move(*status);
  };
  auto status = co_await session.in_account(location->owner.id, read);
  if (!status) co_return status.error();
  append_status(session.out(), location->client, *status, items, session.enabled(),
                session.settings().imap.max_append_size);
  co_return ok("Status completed");
}

}  // namespace imapd
