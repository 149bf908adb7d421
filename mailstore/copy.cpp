#include "mailstore/copy.hpp"

#include "mailstore/flags.hpp"
#include "mailstore/keywords.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

FlagBits used_bits(const std::vector<MessageRow>& messages) {
  FlagBits used = 0;
  for (const MessageRow& message : messages) used |= message.flags;
  return used;
}

bool fits(Account& account, const std::vector<MessageRow>& messages, const Limits& limits) {
  if (!limits.any()) return true;
  std::uint64_t octets = 0;
  for (const MessageRow& message : messages) octets += static_cast<std::uint64_t>(message.size);
  return has_room(limits, usage(account), octets, messages.size());
}

struct Ends {
  MailboxRow from, to;
};

Result<Ends, Failure> load_ends(Database& database, MailboxId from, MailboxId to) {
  const auto source = load_mailbox(database, from);
  const auto destination = load_mailbox(database, to);
  if (!source || !destination) return unexpected(Failure::kNoSuchMailbox);
  return Ends{*source, *destination};
}

}  // namespace

Result<CopyResult, Failure> put_messages(Database& database, MailboxId from, MailboxRow& to,
                                         const std::vector<MessageRow>& messages) {
  const auto translation =
      FlagTranslation::between(database, from, to.id, from == to.id ? 0 : used_bits(messages));
  if (!translation) return unexpected(translation.error());
  ++to.mod_seq;
  CopyResult result{.uid_validity = to.uid_validity, .copied = {}};
  result.copied.reserve(messages.size());
  for (MessageRow message : messages) {
    if (from != to.id) message.flags = (*translation)(message.flags);
    result.copied.emplace_back(message.uid, put_message(database, to, message));
  }
  save_mailbox(database, to);
  return result;
}

Result<CopyResult, Failure> copy_messages(Account& account, MailboxId from,
                                          const std::vector<mail::NumberRange>& uids, MailboxId to,
                                          const Limits& limits) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto ends = load_ends(database, from, to);
  if (!ends) return unexpected(ends.error());
  const std::vector<MessageRow> messages = select_messages(database, from, uids);
  if (messages.empty()) return CopyResult{.uid_validity = ends->to.uid_validity, .copied = {}};
  if (!fits(account, messages, limits)) return unexpected(Failure::kOverQuota);
  auto result = put_messages(database, from, ends->to, messages);
  if (!result) return result;
  share_contents(database, messages);
  transaction.commit();
  ring(account, to, ends->to.mod_seq);
  return result;
}

Result<CopyResult, Failure> move_messages(Account& account, MailboxId from,
                                          const std::vector<mail::NumberRange>& uids,
                                          MailboxId to) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto ends = load_ends(database, from, to);
  if (!ends) return unexpected(ends.error());
  MailboxRow& source = ends->from;
  ++source.mod_seq;
  const std::vector<MessageRow> messages = take_messages(database, source, uids, 0);
  if (messages.empty()) return CopyResult{.uid_validity = ends->to.uid_validity, .copied = {}};
  record_vanished(database, source, messages);
  save_mailbox(database, source);
  // Moving within one mailbox gives new UIDs, and the row just saved is the one to go on with.
  if (from == to) ends->to = source;
  auto result = put_messages(database, from, ends->to, messages);
  if (!result) return result;
  transaction.commit();
  if (from != to) ring(account, from, source.mod_seq);
  ring(account, to, ends->to.mod_seq);
  return result;
}

}  // namespace mailstore
