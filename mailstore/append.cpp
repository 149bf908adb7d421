#include "mailstore/append.hpp"

#include <utility>

#include "mailstore/content_files.hpp"
#include "mailstore/keywords.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/object_id.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// One mailbox batch inside its transaction.
class Batch {
 public:
  Batch(Account& account, MailboxRow row, const Limits& limits)
      : account_(account), database_(account.database()), row_(std::move(row)), limits_(limits) {
    if (limits_.any()) used_ = usage(account);
    ++row_.mod_seq;
    next_content_ = next_content_id(database_);
    result_.uid_validity = row_.uid_validity;
  }

  Result<void, Failure> add(const NewMessage& message);
  /// Notes that there is no room for it, unless there is or it was delivered already.
  bool pass_over(const NewMessage& message);
  /// What has to be on disk and in the tables before the commit.
  AppendResult finish();
  bool has_messages() const { return has_messages_; }
  ModSeq mod_seq() const { return row_.mod_seq; }

 private:
  void store_content(std::int64_t id, const NewMessage& message);

  Account& account_;
  Database& database_;
  MailboxRow row_;
  Limits limits_;
  Usage used_;
  std::int64_t next_content_ = 0;
  bool has_files_ = false;
  bool has_messages_ = false;
  AppendResult result_;
};

bool Batch::pass_over(const NewMessage& message) {
  if (!limits_.any()) return false;
  const std::uint64_t size = message.head.size() + message.content.size();
  if (has_room(limits_, used_, size, 1)) {
    used_.storage += size;
    ++used_.messages;
    return false;
  }
  if (!message.delivery_id.empty() &&
      database_.integer("SELECT 1 FROM delivery WHERE id = ?", message.delivery_id))
    return false;
  result_.messages.push_back({.full = true});
  return true;
}

Result<void, Failure> Batch::add(const NewMessage& message) {
  if (!message.delivery_id.empty() &&
      database_.run("INSERT OR IGNORE INTO delivery VALUES (?)", message.delivery_id) == 0) {
    result_.messages.push_back({});
    return {};
  }
  auto flags = bits_for(database_, row_.id, message.flags);
  if (!flags) return unexpected(flags.error());
  const std::int64_t content = next_content_++;
  store_content(content, message);
  const auto head_size = static_cast<std::int64_t>(message.head.size());
  const Uid uid =
      put_message(database_, row_,
                  {.flags = *flags,
                   .size = head_size + static_cast<std::int64_t>(message.content.size()),
                   .header_size = head_size + message.content.description().header_size,
                   .internal_date = message.internal_date,
                   .zone_minutes = message.zone_minutes,
                   .content = content});
  result_.messages.push_back({uid});
  has_messages_ = true;
  return {};
}

void Batch::store_content(std::int64_t id, const NewMessage& message) {
  const mail::Description& description = message.content.description();
  database_.run(
      "INSERT INTO content (id, sent_at, message_id, envelope, body, body_structure, thread) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      id, description.sent_at, description.message_id, description.envelope, description.body,
      description.body_structure, description.thread);
  if (!message.email_id.empty()) keep_email_id(database_, id, message.email_id);
  const bool in_file =
      !message.content.file().empty() || message.content.size() > account_.inline_limit();
  std::string joined;
  std::string_view octets = in_file ? message.head : message.content.view();
  if (!in_file && !message.head.empty())
    octets = joined = message.head + std::string(message.content.view());
  database_.run("INSERT INTO octets VALUES (?, ?)", id, Blob{octets});
  const ContentFiles files = content_files(account_);
  // A crash may have left a file of this number.
  if (!in_file) return files.remove(id);
  database_.reached("keep file");
  files.keep(message.content, id);
  has_files_ = true;
}

AppendResult Batch::finish() {
  if (has_files_) {
    database_.reached("sync files");
    content_files(account_).sync();
  }
  if (has_messages_) save_mailbox(database_, row_);
  return std::move(result_);
}

void forget_deliveries(Database& database, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) database.run("DELETE FROM delivery WHERE id = ?", id);
}

/// Parsing is not a thing to do with the write lock held.
void describe_all(const std::vector<NewMessage>& messages) {
  for (const NewMessage& message : messages) message.content.description();
}

/// What becomes of a message that finds no room.
enum class WhenFull { kRefuseAll, kPassOver };

Result<AppendResult, Failure> fill(Batch& batch, const std::vector<NewMessage>& messages,
                                   WhenFull when_full) {
  for (const NewMessage& message : messages) {
    if (batch.pass_over(message)) {
      if (when_full == WhenFull::kRefuseAll) return unexpected(Failure::kOverQuota);
      continue;
    }
    if (auto added = batch.add(message); !added) return unexpected(added.error());
  }
  return batch.finish();
}

/// INBOX can't be deleted, but a repaired database may have lost it.
MailboxRow load_inbox(Database& database) {
  auto id = database.integer("SELECT id FROM mailbox WHERE name = 'INBOX' AND selectable");
  if (!id) {
    database.run("DELETE FROM mailbox WHERE name = 'INBOX'");
    id = insert_mailbox(database, "INBOX", "");
  }
  return load_mailbox(database, *id).value();
}

}  // namespace

Result<AppendResult, Failure> append(Account& account, MailboxId mailbox,
                                     const std::vector<NewMessage>& messages,
                                     const std::vector<std::string>& forget, const Limits& limits) {
  describe_all(messages);
  Transaction transaction(account.database(), Transaction::Kind::kWrite);
  const auto row = load_mailbox(account.database(), mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  forget_deliveries(account.database(), forget);
  Batch batch(account, *row, limits);
  auto result = fill(batch, messages, WhenFull::kRefuseAll);
  if (!result) return result;
  transaction.commit();
  if (batch.has_messages()) ring(account, row->id, batch.mod_seq());
  return result;
}

Result<AppendResult, Failure> replace(Account& account, const Replaced& replaced, MailboxId mailbox,
                                      const NewMessage& message, const Limits& limits) {
  const std::vector<NewMessage> messages{message};
  describe_all(messages);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  auto source = load_mailbox(database, replaced.mailbox);
  if (!source) return unexpected(Failure::kNoSuchMailbox);
  ++source->mod_seq;
  const auto taken = take_messages(database, *source, {{replaced.uid, replaced.uid}}, 0);
  if (taken.empty()) return unexpected(Failure::kNoSuchMessage);
  record_vanished(database, *source, taken);
  save_mailbox(database, *source);
  const auto files = release_contents(database, taken);
  const auto row = load_mailbox(database, mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  Batch batch(account, *row, limits);
  auto result = fill(batch, messages, WhenFull::kRefuseAll);
  if (!result) return result;
  transaction.commit();
  remove_files(account, files);
  if (replaced.mailbox != mailbox) ring(account, replaced.mailbox, source->mod_seq);
  ring(account, mailbox, batch.mod_seq());
  return result;
}

AppendResult deliver(Account& account, const std::vector<NewMessage>& messages,
                     const std::vector<std::string>& forget, const Limits& limits) {
  describe_all(messages);
  Transaction transaction(account.database(), Transaction::Kind::kUnsynced);
  forget_deliveries(account.database(), forget);
  MailboxRow inbox = load_inbox(account.database());
  Batch batch(account, inbox, limits);
  auto result = fill(batch, messages, WhenFull::kPassOver);
  if (!result) throw StoreError("a delivery was refused: " + std::string(describe(result.error())));
  transaction.commit();
  if (batch.has_messages()) ring(account, inbox.id, batch.mod_seq());
  return *std::move(result);
}

std::vector<std::string> remembered_deliveries(Account& account) {
  std::vector<std::string> ids;
  for (Statement row = account.database().query("SELECT id FROM delivery"); row.step();)
    ids.push_back(row.string(0));
  return ids;
}

}  // namespace mailstore
