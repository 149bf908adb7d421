// REPLACE and UID REPLACE (RFC 8508): a new message comes and an old one goes, in one transaction
// when both are in one account, so that a draft is never there twice and never lost.

#include <fmt/format.h>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/incoming.hpp"
#include "imapd/reach.hpp"
#include "mailstore/flags.hpp"

namespace imapd {

namespace {

using Stored = mailstore::Result<mailstore::AppendResult, mailstore::Failure>;

// The UID of the message that goes, or why none does.
mail::Result<mailstore::Uid, Reply> find_replaced(const Selected& selected,
                                                  std::optional<std::uint32_t> number,
                                                  Numbering numbering) {
  if (selected.access() == Access::kReadOnly) {
    return mail::unexpected(no("READ-ONLY", "the mailbox is open for reading only"));
  }
  if (!selected.rights().has(mail::Right::kDeleteMessages | mail::Right::kExpunge)) {
    return mail::unexpected(no("NOPERM", "you have no right to take messages away here"));
  }
  bool by_uid = numbering == Numbering::kUid && number;
  bool is_there =
      by_uid ? selected.sequence_of(*number).has_value() : number.value_or(1) <= selected.size();
  if (is_there) return by_uid ? *number : selected.message(number.value_or(selected.size())).uid;
  if (by_uid) return mail::unexpected(no("CANNOT", "no message has this UID"));
  return mail::unexpected(bad("no message has such a sequence number"));
}

// Between two accounts there is no common transaction: the new one comes before the old one goes.
asio::awaitable<Stored> replace_across(Session& session, mailstore::Uid uid, const Reached& to,
                                       Incoming& incoming) {
  const auto limits = session.service().store().limits(to.account);
  auto add = [mailbox = to.info.id, &incoming, &limits](mailstore::Account& account) {
    return mailstore::append(account, mailbox, incoming.finish(), {}, limits);
  };
  auto result = co_await session.in_account(to.account, add);
  if (!result) co_return result;
  auto remove = [mailbox = session.selected()->mailbox(), uid](mailstore::Account& account) {
    mail::FlagSet deleted;
    deleted.system = mail::kDeleted;
    mailstore::store_flags(account, mailbox, {{uid, uid}}, mailstore::FlagChange::kAdd, deleted);
    mailstore::expunge(account, mailbox, {{uid, uid}});
  };
  co_await session.in_selected(remove);
  co_return result;
}

asio::awaitable<Stored> replace(Session& session, mailstore::Uid uid, const Reached& to,
                                Incoming& incoming) {
  const auto* selected = session.selected();
  if (to.account != selected->account()) {
    co_return co_await replace_across(session, uid, to, incoming);
  }
  mailstore::Replaced replaced{selected->mailbox(), uid};
  const auto limits = session.service().store().limits(to.account);
  auto job = [replaced, mailbox = to.info.id, &incoming, &limits](mailstore::Account& account) {
    auto messages = incoming.finish();
    return mailstore::replace(account, replaced, mailbox, messages.front(), limits);
  };
  co_return co_await session.in_selected(job);
}

}  // namespace

asio::awaitable<Reply> cmd_replace(Session& session, mail::ImapCommand command) {
  Incoming incoming(session, mail::AppendReader::Verb::kReplace);
  if (auto reply = incoming.begin(command.arguments)) co_return *reply;
  auto numbering = numbering_of(command);
  auto uid = find_replaced(*session.selected(), incoming.reader().replaced(), numbering);
  if (!uid) co_return uid.error();
  auto to = co_await reach(session, incoming.reader().mailbox(), mail::Right::kInsert);
  if (!to) co_return or_create_it(to.error());
  auto refused = co_await incoming.receive(to->rights);
  if (refused) co_return *refused;
  auto result = co_await replace(session, *uid, *to, incoming);
  if (!result) co_return refusal(result.error());
  auto added = result->messages.front().uid;
  session.arrived_by_client({to->account, to->info.id}, {added, added});
  session.out() += fmt::format("* OK [{}] Replacement is there\r\n", appended_code(*result));
  // EXISTS of the new one before the old one goes, as RFC 8508 §3.4 shows it.
  co_await session.tell_changes(Expunges::kHold);
  if (session.selected()) session.selected()->expunged({*uid}, session.enabled(), session.out());
  co_return ok_expunged("Replace completed");
}

}  // namespace imapd
