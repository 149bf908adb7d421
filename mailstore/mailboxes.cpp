#include "mailstore/mailboxes.hpp"

#include <algorithm>

#include "mailstore/copy.hpp"
#include "mailstore/keywords.hpp"
#include "mailstore/mailbox_name.hpp"
#include "mailstore/message_rows.hpp"
#include "mailstore/metadata.hpp"
#include "mailstore/object_id.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

constexpr std::string_view kInbox = "INBOX";
const std::vector<mail::NumberRange> kEveryMessage = {{1, UINT32_MAX}};

constexpr std::string_view kInfoColumns =
    "SELECT id, name, selectable, special_use, uid_validity, "
    "EXISTS (SELECT 1 FROM subscription WHERE subscription.name = mailbox.name), "
    "EXISTS (SELECT 1 FROM mailbox AS child WHERE child.name > mailbox.name || '/' "
    "AND child.name < mailbox.name || '0'), (SELECT object_word FROM counter) FROM mailbox ";

MailboxInfo read_info(const Statement& row) {
  const auto uid_validity = static_cast<std::uint32_t>(row.integer(4));
  return {.id = row.integer(0),
          .name = row.string(1),
          .selectable = row.integer(2) != 0,
          .subscribed = row.integer(5) != 0,
          .has_children = row.integer(6) != 0,
          .special_use = row.string(3),
          .uid_validity = uid_validity,
          .object_id = mailbox_object_id(row.text(7), uid_validity)};
}

/// `name` is one of store_name.
std::optional<MailboxInfo> find_stored(Database& database, std::string_view name) {
  Statement row = database.query(std::string(kInfoColumns) + "WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  return read_info(row);
}

/// A new mailbox has the access control list of the one above it (RFC 4314 §4).
MailboxId insert_child(Database& database, std::string_view name, std::string_view special_use) {
  const MailboxId mailbox = insert_mailbox(database, name, special_use);
  const auto slash = name.rfind('/');
  if (slash == std::string_view::npos) return mailbox;
  database.run(
      "INSERT INTO acl SELECT ?1, grantee, sign, rights FROM acl JOIN mailbox ON id = mailbox "
      "WHERE name = ?2",
      mailbox, name.substr(0, slash));
  return mailbox;
}

void create_parents(Database& database, std::string_view name) {
  for (const std::string& parent : parents_of(name))
    if (!find_stored(database, parent)) insert_child(database, parent, "");
}

/// Inside the transaction that may have made some, where there were `before`.
bool too_many_mailboxes(Account& account, const Limits& limits, std::uint64_t before) {
  if (limits.mailboxes == 0) return false;
  return usage(account).mailboxes > std::max(limits.mailboxes, before);
}

/// Takes all that belongs to a mailbox but its row; returns the files to be removed.
std::vector<std::int64_t> clear_mailbox(Database& database, MailboxId mailbox) {
  MailboxRow scratch{.id = mailbox};
  const auto files = release_contents(database, take_messages(database, scratch, kEveryMessage, 0));
  database.run("DELETE FROM vanished WHERE mailbox = ?", mailbox);
  database.run("DELETE FROM skipped WHERE mailbox = ?", mailbox);
  database.run("DELETE FROM keyword WHERE mailbox = ?", mailbox);
  database.run("DELETE FROM acl WHERE mailbox = ?", mailbox);
  database.run("DELETE FROM metadata WHERE mailbox = ?", mailbox);
  return files;
}

/// Names kept only for children that are gone.
void drop_empty_parents(Database& database, std::string_view name) {
  std::vector<std::string> parents = parents_of(name);
  for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
    const auto info = find_stored(database, *parent);
    if (info && (info->selectable || info->has_children)) return;
    database.run("DELETE FROM mailbox WHERE name = ?", *parent);
  }
}

/// INBOX stays, empty; its messages go to the new name (RFC 9051 §6.3.6).
void empty_inbox_into(Database& database, MailboxRow& inbox, MailboxRow& target) {
  ++inbox.mod_seq;
  const auto messages = take_messages(database, inbox, kEveryMessage, 0);
  record_vanished(database, inbox, messages);
  save_mailbox(database, inbox);
  // A new mailbox has every slot free, so no keyword is too many.
  put_messages(database, inbox.id, target, messages).value();
}

}  // namespace

std::vector<MailboxInfo> list_mailboxes(Account& account) {
  std::vector<MailboxInfo> mailboxes;
  for (Statement row =
           account.database().query(std::string(kInfoColumns) + "ORDER BY name <> 'INBOX', name");
       row.step();)
    mailboxes.push_back(read_info(row));
  return mailboxes;
}

std::vector<std::string> lost_subscriptions(Account& account) {
  std::vector<std::string> names;
  for (Statement row = account.database().query(
           "SELECT name FROM subscription WHERE name NOT IN (SELECT name FROM mailbox) "
           "ORDER BY name");
       row.step();)
    names.push_back(row.string(0));
  return names;
}

std::optional<MailboxInfo> find_mailbox(Account& account, std::string_view name) {
  const auto stored = store_name(name);
  return stored ? find_stored(account.database(), *stored) : std::nullopt;
}

Result<MailboxInfo, Failure> create_mailbox(Account& account, std::string_view name,
                                            std::string_view special_use, const Limits& limits) {
  const auto stored = store_name(name);
  const auto use = special_use_name(special_use);
  if (!stored || !use) return unexpected(Failure::kInvalidName);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  const auto existing = find_stored(database, *stored);
  if (existing && existing->selectable) return unexpected(Failure::kAlreadyExists);
  database.run("DELETE FROM mailbox WHERE name = ?", *stored);
  create_parents(database, *stored);
  insert_child(database, *stored, *use);
  if (too_many_mailboxes(account, limits, 0)) return unexpected(Failure::kOverQuota);
  const MailboxInfo created = find_stored(database, *stored).value();
  transaction.commit();
  ring(account, 0, 0);
  return created;
}

Result<void, Failure> delete_mailbox(Account& account, std::string_view name) {
  const auto stored = store_name(name);
  if (!stored) return unexpected(Failure::kNoSuchMailbox);
  if (*stored == kInbox) return unexpected(Failure::kReserved);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  const auto info = find_stored(database, *stored);
  if (!info) return unexpected(Failure::kNoSuchMailbox);
  if (!info->selectable && info->has_children) return unexpected(Failure::kHasChildren);
  const auto files = clear_mailbox(database, info->id);
  database.run("DELETE FROM mailbox WHERE id = ?", info->id);
  if (info->has_children) {
    insert_mailbox(database, *stored, "");
    database.run("UPDATE mailbox SET selectable = 0 WHERE name = ?", *stored);
  } else {
    drop_empty_parents(database, *stored);
  }
  transaction.commit();
  remove_files(account, files);
  ring(account, info->id, 0);
  ring(account, 0, 0);
  return {};
}

Result<void, Failure> rename_mailbox(Account& account, std::string_view from, std::string_view to,
                                     const Limits& limits) {
  const auto source = store_name(from);
  const auto target = store_name(to);
  if (!source) return unexpected(Failure::kNoSuchMailbox);
  const bool into_itself = target && *source != kInbox && target->starts_with(*source + "/");
  if (!target || into_itself) return unexpected(Failure::kInvalidName);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  const auto info = find_stored(database, *source);
  if (!info) return unexpected(Failure::kNoSuchMailbox);
  if (find_stored(database, *target)) return unexpected(Failure::kAlreadyExists);
  const std::uint64_t before = usage(account).mailboxes;
  create_parents(database, *target);
  if (*source == kInbox) {
    MailboxRow inbox = load_mailbox(database, info->id).value();
    MailboxRow created = load_mailbox(database, insert_child(database, *target, "")).value();
    empty_inbox_into(database, inbox, created);
    copy_metadata(database, inbox.id, created.id);
    if (too_many_mailboxes(account, limits, before)) return unexpected(Failure::kOverQuota);
    transaction.commit();
    ring(account, inbox.id, inbox.mod_seq);
  } else {
    database.run(
        "UPDATE mailbox SET name = ?2 || substr(name, length(?1) + 1) "
        "WHERE name = ?1 OR (name > ?1 || '/' AND name < ?1 || '0')",
        *source, *target);
    drop_empty_parents(database, *source);
    if (too_many_mailboxes(account, limits, before)) return unexpected(Failure::kOverQuota);
    transaction.commit();
  }
  ring(account, 0, 0);
  return {};
}

Result<void, Failure> set_subscribed(Account& account, std::string_view name, bool subscribed) {
  const auto stored = store_name(name);
  if (!stored) return unexpected(Failure::kInvalidName);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  database.run(subscribed ? "INSERT OR IGNORE INTO subscription VALUES (?)"
                          : "DELETE FROM subscription WHERE name = ?",
               *stored);
  transaction.commit();
  ring(account, 0, 0);
  return {};
}

Result<MailboxStatus, Failure> mailbox_status(Account& account, MailboxId mailbox) {
  const auto row = load_mailbox(account.database(), mailbox);
  if (!row) return unexpected(Failure::kNoSuchMailbox);
  return MailboxStatus{.uid_validity = row->uid_validity,
                       .uid_next = row->uid_next,
                       .highest_mod_seq = row->mod_seq,
                       .messages = static_cast<std::uint32_t>(row->messages),
                       .recent = static_cast<std::uint32_t>(row->recent),
                       .unseen = static_cast<std::uint32_t>(row->unseen),
                       .deleted = static_cast<std::uint32_t>(row->deleted),
                       .size = static_cast<std::uint64_t>(row->size),
                       .object_id = ObjectIds(account).mailbox(row->uid_validity)};
}

std::vector<std::string> mailbox_keywords(Account& account, MailboxId mailbox) {
  return load_keywords(account.database(), mailbox);
}

}  // namespace mailstore
