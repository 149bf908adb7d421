#include "mailstore/flags.hpp"

#include <algorithm>

#include "mailstore/keywords.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/sqlite.hpp"

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

/// Foresees what `write` will do to the range, so that the answer needs no second look.
bool foresee(Database& database, MailboxRow& row, const mail::NumberRange& range,
             const Rewrite& rewrite, ModSeq unchanged_since, StoreResult& result) {
  bool changes = false;
  for (Statement message = database.query(
           "SELECT uid, mod_seq, flags FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? "
           "ORDER BY uid",
           row.id, range.first, range.last);
       message.step();) {
    MessageState state{.uid = static_cast<Uid>(message.integer(0)),
                       .mod_seq = static_cast<ModSeq>(message.integer(1)),
                       .flags = static_cast<FlagBits>(message.integer(2))};
    if (state.mod_seq > unchanged_since) {
      result.modified.push_back(state.uid);
      continue;
    }
    if (const FlagBits after = rewrite(state.flags); after != state.flags) {
      row.count(state.uid, state.flags, 0, -1);
      row.count(state.uid, after, 0, 1);
      state.flags = after;
      state.mod_seq = row.mod_seq;
      changes = true;
    }
    result.messages.push_back(state);
  }
  return changes;
}

void write(Database& database, const MailboxRow& row, const mail::NumberRange& range,
           const Rewrite& rewrite, ModSeq unchanged_since) {
  database.run(
      "UPDATE message SET flags = (flags & ?1) | ?2, mod_seq = ?3 "
      "WHERE mailbox = ?4 AND uid BETWEEN ?5 AND ?6 AND mod_seq <= ?7 "
      "AND flags <> ((flags & ?1) | ?2)",
      rewrite.keep, rewrite.add, row.mod_seq, row.id, range.first, range.last, unchanged_since);
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
  for (const auto& range : merge_ranges(uids)) {
    if (!foresee(database, *row, range, *rewrite, limit, result)) continue;
    write(database, *row, range, *rewrite, limit);
    changed = true;
  }
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
