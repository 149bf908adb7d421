// EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9).

#include "imapd/handlers.hpp"
#include "mail/imap_store.hpp"
#include "mailstore/flags.hpp"

namespace imapd {

namespace {

// EXPUNGE takes what the client has seen: a message that arrived meanwhile is not in question.
mail::ImapResult<std::vector<mail::NumberRange>> wanted(const Selected& selected,
                                                        const mail::ImapCommand& command) {
  if (command.verb == "EXPUNGE") {
    auto none = mail::parse_no_arguments(command.arguments);
    if (!none) return mail::unexpected(none.error());
    std::vector<mail::NumberRange> all;
    if (selected.size() > 0) all.push_back({1, selected.size()});
    return all;
  }
  auto set = mail::parse_uid_expunge(command.arguments);
  if (!set) return mail::unexpected(set.error());
  return *selected.find(*set, Numbering::kUid);
}

}  // namespace

asio::awaitable<Reply> cmd_expunge(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto sequence = wanted(*selected, command);
  if (!sequence) co_return bad(sequence.error());
  if (selected->access() == Access::kReadOnly) {
    co_return no("READ-ONLY", "the mailbox was opened by EXAMINE");
  }
  if (!selected->may(mail::Right::kExpunge)) {
    co_return no("NOPERM", "you have no right to expunge here");
  }
  if (sequence->empty()) co_return ok("Expunge completed");
  auto remove = [mailbox = selected->mailbox(),
                 uids = selected->uids(*sequence)](mailstore::Account& account) {
    return mailstore::expunge(account, mailbox, uids);
  };
  auto removed = co_await session.in_selected(std::move(remove));
  if (!removed) co_return refusal(removed.error());
  if (removed->empty()) co_return ok("Expunge completed");
  selected->expunged(*removed, session.enabled(), session.out());
  co_return ok_expunged("Expunge completed");
}

}  // namespace imapd
