// EXPUNGE and UID EXPUNGE (RFC 9051 §6.4.3, §6.4.9).

#include <optional>

#include "imapd/handlers.hpp"
#include "imapd/message_limit.hpp"
#include "mail/imap_store.hpp"
#include "mailstore/flags.hpp"

namespace imapd {

namespace {

// Looked at together, to remove those marked \Deleted: a turn on the account.
constexpr std::uint32_t kExpungedAtOnce = 4096;

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

std::vector<mail::NumberRange> deleted_among(const Selected& selected,
                                             const std::vector<mail::NumberRange>& sequence) {
  std::vector<std::uint32_t> deleted;
  for (auto range : sequence) {
    for (auto number = range.first; number <= range.last; ++number) {
      if ((selected.message(number).flags & mail::kDeleted) != 0) deleted.push_back(number);
    }
  }
  return mail::SequenceSet::of(deleted).ranges();
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
  // EXPUNGE takes all; UID EXPUNGE counts those it would take (RFC 9738 §3.1).
  auto limit = session.settings().imap.message_limit;
  std::optional<mailstore::Uid> lowest;
  if (command.verb != "EXPUNGE" && selected->size() > limit) {
    *sequence = deleted_among(*selected, *sequence);
    lowest = cut_to_limit(*sequence, *selected, limit);
  }
  bool some = false;
  for (const auto& uids : selected->uid_parts(*sequence, kExpungedAtOnce)) {
    auto remove = [mailbox = selected->mailbox(), &uids](mailstore::Account& account) {
      return mailstore::expunge(account, mailbox, uids);
    };
    auto removed = co_await session.in_selected(remove);
    if (!removed) co_return refusal(removed.error());
    selected->expunged(*removed, session.enabled(), session.out());
    some |= !removed->empty();
    co_await session.flush_some();
  }
  bool tells_mod_seq = some && session.enabled().qresync;
  auto reply = tells_mod_seq ? ok_expunged("Expunge completed") : ok("Expunge completed");
  co_return limited(std::move(reply), limit, lowest, session.out());
}

}  // namespace imapd
