// APPEND (RFC 9051 §6.3.12, RFC 3502): each message is streamed into the store's staging, and the
// OK is sent once all of them are on disk. What is refused is refused before "+ ".

#include <fmt/format.h>

#include <ctime>
#include <memory>

#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "mail/imap_append.hpp"
#include "mailstore/append.hpp"

namespace imapd {

namespace {

// A message on its way: small ones stay in memory and cost no detour over the pool.
class Receiver {
 public:
  explicit Receiver(Session& session)
      : session_(session), staging_(session.service().store().stage()) {}

  asio::awaitable<void> operator()(std::string_view octets) {
    if (staging_.size() + octets.size() < session_.settings().store.inline_limit) {
      staging_.write(octets);
      co_return;
    }
    auto write = [this, octets](mailstore::Account&) { staging_.write(octets); };
    co_await session_.in_store(write);
  }

  mailstore::Staging take() { return std::move(staging_); }

 private:
  Session& session_;
  mailstore::Staging staging_;
};

struct Pending {
  mail::AppendMessage form;
  mailstore::Staging staging;
};

// Finishing a large one syncs its file, so all of this is the pool's work.
mailstore::Result<mailstore::AppendResult, mailstore::Failure> store(
    mailstore::Account& account, mailstore::MailboxId mailbox, std::vector<Pending>& pending) {
  std::vector<mailstore::NewMessage> messages;
  for (auto& each : pending) {
    mailstore::NewMessage message;
    message.content = each.staging.finish();
    message.flags = each.form.flags;
    message.internal_date = each.form.date ? each.form.date->seconds : std::time(nullptr);
    message.zone_minutes = each.form.date ? each.form.date->zone_minutes : 0;
    messages.push_back(std::move(message));
  }
  return mailstore::append(account, mailbox, messages);
}

std::string appended_code(const mailstore::AppendResult& result) {
  std::vector<std::uint32_t> uids;
  for (const auto& message : result.messages) uids.push_back(message.uid);
  return fmt::format("APPENDUID {} {}", result.uid_validity, mail::render_uid_set(uids));
}

// Whether the announced literal may come; else what to answer. The limit is for all messages of the
// command together, because they are committed together.
std::optional<Reply> objection(Session& session, std::uint64_t taken = 0) {
  const auto most = session.settings().imap.max_append_size;
  if (taken > most || session.announced()->size > most - taken) {
    return no("TOOBIG", "the message is larger than this server takes");
  }
  if (session.announced()->size == 0) return no("CANNOT", "a message can't be empty");
  return std::nullopt;
}

}  // namespace

asio::awaitable<Reply> cmd_append(Session& session, mail::ImapCommand command) {
  if (!session.announced()) co_return bad("expected a literal: the message");
  auto arguments = mail::parse_append(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (auto reply = objection(session)) co_return *reply;
  auto reached = co_await reach(session, arguments->mailbox, mail::Right::kInsert);
  if (!reached) co_return or_create_it(reached.error());
  std::vector<Pending> pending;
  std::optional<mail::AppendMessage> next = std::move(arguments->message);
  std::uint64_t taken = 0;
  while (next) {
    if (auto reply = objection(session, taken)) co_return *reply;
    taken += session.announced()->size;
    Receiver receiver(session);
    co_await session.receive_literal(receiver);
    auto rest = co_await session.read_rest();
    auto following = mail::parse_append_rest(rest, *next);
    next->flags = mail::permitted(std::move(next->flags), reached->rights);
    pending.push_back({std::move(*next), receiver.take()});
    if (!following) co_return bad(following.error());
    next = std::move(*following);
    if (next && !session.announced()) co_return bad("expected a literal: the message");
  }
  auto job = [mailbox = reached->info.id, &pending](mailstore::Account& account) {
    return store(account, mailbox, pending);
  };
  auto result = co_await session.in_account(reached->account, job);
  if (!result) co_return refusal(result.error());
  session.arrived_by_client({reached->account, reached->info.id},
                            {result->messages.front().uid, result->messages.back().uid});
  co_return ok("Append completed", appended_code(*result));
}

}  // namespace imapd
