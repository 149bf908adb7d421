// APPEND (RFC 9051 §6.3.12, RFC 3502, RFC 4469): the OK is sent once all messages are on disk.

#include "imapd/handlers.hpp"
#include "imapd/incoming.hpp"
#include "imapd/reach.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_append(Session& session, mail::ImapCommand command) {
  Incoming incoming(session, mail::AppendReader::Verb::kAppend);
  if (auto reply = incoming.begin(command.arguments)) co_return *reply;
  auto reached = co_await reach(session, incoming.reader().mailbox(), mail::Right::kInsert);
  if (!reached) co_return or_create_it(reached.error());
  co_await incoming.keep_within(reached->account);
  auto refused = co_await incoming.receive(reached->rights);
  if (refused) co_return *refused;
  auto job = [mailbox = reached->info.id, &incoming](mailstore::Account& account) {
    return mailstore::append(account, mailbox, incoming.finish(), {}, incoming.limits());
  };
  auto result = co_await session.in_account(reached->account, job);
  if (!result) co_return refusal(result.error());
  session.arrived_by_client({reached->account, reached->info.id},
                            {result->messages.front().uid, result->messages.back().uid});
  co_return ok("Append completed", appended_code(*result));
}

}  // namespace imapd
