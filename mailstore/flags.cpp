#include "mailstore/flags.hpp"

#include <algorithm>
#include <utility>

#include "mailstore/keywords.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/state_blocks.hpp"

namespace mailstore {

namespace {

/// Every change of flags is: keep some bits, add some.
struct Rewrite {
  FlagBits keep = 0;
  FlagBits add = 0;
  FlagBits operator()(FlagBits flags) const { return (flags & keep) | add; }
};

Result<Rewrite, Failure> rewrite_for(Database& database, MailboxId mailbox, FlagChange change,
                                     const mail::FlagSet& flags, FlagBits untouched) {
  if (change == FlagChange::kRemove)
    return Rewrite{.keep = ~known_bits(database, mailbox, flags) | untouched, .add = 0};
  auto bits = bits_for(database, mailbox, flags);
  if (!bits) return unexpected(bits.error());
  return Rewrite{.keep = change == FlagChange::kAdd ? ~FlagBits{0} : untouched,
                 .add = *bits & ~untouched};
}

/// Changes one message and notes what became of it.
StateChange rewrite_one(MessageState& state, MailboxRow& row, const Rewrite& rewrite,
                        ModSeq unchanged_since, StoreResult& result) {
  if (state.mod_seq > unchanged_since) {
    result.modified.push_back(state.uid);
    return StateChange::kNone;
  }
  const FlagBits before = std::exchange(state.flags, rewrite(state.flags));
  if (state.flags != before) {
    row.count(state.uid, before, 0, -1);
    row.count(state.uid, state.flags, 0, 1);
    state.mod_seq = row.mod_seq;
  }
  result.messages.push_back(state);
  return state.flags == before ? StateChange::kNone : StateChange::kChanged;
}

}  // namespace

Result<StoreResult, Failure> store_flags(Account& account, MailboxId mailbox,
                                         const std::vector<mail::NumberRange>& uids,
                                         FlagChange change, const mail::FlagSet& flags,
                                         std::optional<ModSeq> unchanged_since,
                                         FlagBits untouched) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto row = load_mailbox(database, mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  const auto rewrite = rewrite_for(database, mailbox, change, flags, untouched);
  if (!rewrite) return unexpected(rewrite.error());
  const ModSeq limit = std::min(unchanged_since.value_or(row->mod_seq), row->mod_seq);
  StoreResult result;
  result.before = row->mod_seq++;
  bool changed = false;
  change_states(database, mailbox, merge_ranges(uids), [&](MessageState& state) {
    const StateChange what = rewrite_one(state, *row, *rewrite, limit, result);
    changed |= what == StateChange::kChanged;
    return what;
  });
  result.keywords = load_keywords(database, mailbox);
  result.after = changed ? row->mod_seq : result.before;
  if (changed) save_mailbox(database, *row);
  transaction.commit();
  if (changed) ring(account, mailbox, row->mod_seq);
  return result;
}

Result<std::vector<Uid>, Failure> expunge(Account& account, MailboxId mailbox,
                                          const std::vector<mail::NumberRange>& uids) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto row = load_mailbox(database, mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  ++row->mod_seq;
  const std::vector<MessageRow> taken = take_messages(database, *row, uids, mail::kDeleted);
  if (taken.empty()) return std::vector<Uid>();
  record_vanished(database, *row, taken);
  const auto files = release_contents(database, taken);
  save_mailbox(database, *row);
  transaction.commit();
  remove_files(account, files);
  ring(account, mailbox, row->mod_seq);
  std::vector<Uid> removed;
  for (const MessageRow& message : taken) removed.push_back(message.uid);
  return removed;
}

}  // namespace mailstore
