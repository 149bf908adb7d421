#include "mailstore/copy_across.hpp"

#include <utility>

#include "mailstore/append.hpp"
#include "mailstore/keywords.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/object_id.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

constexpr std::size_t kBatch = 64;  // messages a commit of the destination
constexpr std::uint64_t kBatchOctets = 8u << 20;

mail::FlagSet flags_of(FlagBits bits, const std::vector<std::string>& keywords) {
  mail::FlagSet flags;
  flags.system = static_cast<std::uint8_t>(bits);
  for (std::size_t slot = 0; slot < keywords.size(); ++slot)
    if ((bits >> (kFirstKeywordBit + slot) & 1) != 0) flags.keywords.push_back(keywords[slot]);
  return flags;
}

/// What is in the table is the message, or what a delivery put in front of the file.
NewMessage new_message(HeldContent held, const StoredMessage& stored) {
  NewMessage message;
  if (held.file().size() == 0) {
    message.content = Content::of(std::move(held).take_head());
  } else {
    message.content = held.file();
    message.head = std::move(held).take_head();
  }
  message.internal_date = stored.internal_date;
  message.zone_minutes = stored.zone_minutes;
  return message;
}

std::vector<mail::NumberRange> ranges_of(const std::vector<Uid>& uids) {
  return mail::SequenceSet::of(uids).ranges();
}

/// What is left of the ranges, which are ascending, after a UID.
void drop_up_to(std::vector<mail::NumberRange>& ranges, Uid uid) {
  std::erase_if(ranges, [uid](const mail::NumberRange& range) { return range.last <= uid; });
  if (!ranges.empty() && ranges.front().first <= uid) ranges.front().first = uid + 1;
}

}  // namespace

CopyAcross::CopyAcross(CopySource source, MailboxId to, mail::Rights rights, Kind kind)
    : source_(std::move(source)), to_(to), rights_(rights), kind_(kind) {
  source_.uids = merge_ranges(std::move(source_.uids));
}

std::vector<StoredMessage> CopyAcross::next_batch() {
  std::vector<StoredMessage> batch;
  std::uint64_t octets = 0;
  read_messages(*source_.account, source_.mailbox, source_.uids, {}, [&](StoredMessage&& message) {
    octets += message.size;
    batch.push_back(std::move(message));
    return batch.size() < kBatch && octets < kBatchOctets;
  });
  if (batch.empty())
    source_.uids.clear();
  else
    drop_up_to(source_.uids, batch.back().uid);
  return batch;
}

Progress CopyAcross::step(Account& account, const Slice& slice) {
  keywords_ = mailbox_keywords(*source_.account, source_.mailbox);
  do {
    const std::vector<StoredMessage> batch = next_batch();
    if (batch.empty()) break;
    if (copy_batch(account, batch)) continue;
    if (kind_ == Kind::kCopy) take_back(account);
    source_.uids.clear();
  } while (!source_.uids.empty() && !slice.over());
  if (source_.uids.empty() && result_.uid_validity == 0) {
    const auto status = mailbox_status(account, to_);
    if (status) result_.uid_validity = status->uid_validity;
  }
  return {.done = source_.uids.empty(), .made = result_.copied.size(), .goal = 0};
}

bool CopyAcross::copy_batch(Account& account, const std::vector<StoredMessage>& batch) {
  std::vector<NewMessage> messages;
  std::vector<Uid> uids;
  const ObjectIds ids(*source_.account);
  for (const StoredMessage& stored : batch) {
    auto held = hold_content(*source_.account, source_.mailbox, stored.uid);
    if (!held) continue;  // expunged meanwhile
    messages.push_back(new_message(*std::move(held), stored));
    messages.back().flags = mail::permitted(flags_of(stored.flags, keywords_), rights_);
    messages.back().email_id = ids.email(*source_.account, stored.content_id);
    uids.push_back(stored.uid);
  }
  if (messages.empty()) return true;
  const auto appended = append(account, to_, messages, {}, limits_);
  if (!appended) {
    failure_ = appended.error();
    return false;
  }
  result_.uid_validity = appended->uid_validity;
  for (std::size_t at = 0; at < uids.size(); ++at)
    result_.copied.emplace_back(uids[at], appended->messages[at].uid);
  if (kind_ == Kind::kMove) remove_messages(*source_.account, source_.mailbox, ranges_of(uids));
  return true;
}

void CopyAcross::take_back(Account& account) {
  std::vector<Uid> uids;
  for (const auto& [from, to] : result_.copied) uids.push_back(to);
  if (!uids.empty()) remove_messages(account, to_, ranges_of(uids));
  result_.copied.clear();
}

void remove_messages(Account& account, MailboxId mailbox,
                     const std::vector<mail::NumberRange>& uids) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto row = load_mailbox(database, mailbox);
  if (!row) return;
  ++row->mod_seq;
  const std::vector<MessageRow> taken = take_messages(database, *row, uids, 0);
  if (taken.empty()) return;
  record_vanished(database, *row, taken);
  const auto files = release_contents(database, taken);
  save_mailbox(database, *row);
  transaction.commit();
  remove_files(account, files);
  ring(account, mailbox, row->mod_seq);
}

}  // namespace mailstore
