#include "mailstore/metadata.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mailstore/mailbox_name.hpp"
#include "mailstore/mailbox_row.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// No annotation of its own: the use that LIST shows (RFC 6154 §4), which is the owner's alone.
constexpr std::string_view kSpecialUse = "/private/specialuse";

bool can_be(const Account& account, const MetadataPlace& place, const Annotation& annotation) {
  if (mail::ascii_lower(annotation.entry) != kSpecialUse) return true;
  return place.mailbox != 0 && place.user == account.id() &&
         special_use_name(annotation.value.value_or("")).has_value();
}

AccountId owner_of(std::string_view entry, AccountId user) {
  return mail::is_private_entry(entry) ? user : 0;
}

Annotation read_annotation(const Statement& row) {
  return {.entry = row.string(0), .value = row.string(1)};
}

std::int64_t last_change(Database& database) {
  return database.integer("SELECT metadata_change FROM counter").value_or(0);
}

std::int64_t next_change(Database& database) {
  database.run("UPDATE counter SET metadata_change = metadata_change + 1");
  return last_change(database);
}

/// Inside the transaction that put them in.
bool too_many(Database& database, MailboxId mailbox) {
  const auto count = [&] {
    return database.integer("SELECT count(*) FROM metadata WHERE mailbox = ?", mailbox).value_or(0);
  };
  if (count() > kMaxAnnotations)
    database.run("DELETE FROM metadata WHERE mailbox = ? AND value IS NULL", mailbox);
  const auto octets = database.integer("SELECT sum(length(value)) FROM metadata").value_or(0);
  return count() > kMaxAnnotations || octets > kMaxAllAnnotations;
}

void put(Database& database, const MetadataPlace& place, const Annotation& annotation,
         std::int64_t change) {
  const std::string entry = mail::ascii_lower(annotation.entry);
  const AccountId owner = owner_of(entry, place.user);
  if (entry == kSpecialUse) {
    database.run("UPDATE mailbox SET special_use = ? WHERE id = ?",
                 special_use_name(annotation.value.value_or("")).value(), place.mailbox);
    database.run("INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?, NULL)", place.mailbox, owner,
                 entry, change);
  } else if (annotation.value)
    database.run("INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?, ?)", place.mailbox, owner,
                 entry, change, Blob{*annotation.value});
  else
    database.run(
        "UPDATE metadata SET value = NULL, changed = ? WHERE mailbox = ? AND owner = ? "
        "AND entry = ? AND value IS NOT NULL",
        change, place.mailbox, owner, entry);
}

}  // namespace

std::vector<Annotation> read_metadata(Account& account, const MetadataPlace& place,
                                      std::string_view entry, mail::MetadataDepth depth) {
  const std::string name = mail::ascii_lower(entry);
  const AccountId owner = owner_of(name, place.user);
  std::vector<Annotation> found;
  for (Statement row = account.database().query(
           "WITH annotation AS (SELECT entry, value FROM metadata WHERE mailbox = ?1 "
           "AND owner = ?2 AND value IS NOT NULL UNION ALL SELECT ?5, special_use FROM mailbox "
           "WHERE id = ?1 AND special_use <> '' AND ?2 = ?6) SELECT entry, value FROM annotation "
           "WHERE entry = ?3 OR (?4 AND entry > ?3 || '/' AND entry < ?3 || '0') ORDER BY entry",
           place.mailbox, owner, name, depth != mail::MetadataDepth::kNone, kSpecialUse,
           account.id());
       row.step();) {
    Annotation annotation = read_annotation(row);
    const auto rest = std::string_view(annotation.entry).substr(name.size());
    const bool deep = std::count(rest.begin(), rest.end(), '/') > 1;
    if (deep && depth == mail::MetadataDepth::kChildren) continue;
    found.push_back(std::move(annotation));
  }
  return found;
}

Result<void, Failure> set_metadata(Account& account, const MetadataPlace& place,
                                   const std::vector<Annotation>& annotations) {
  const bool large = std::any_of(
      annotations.begin(), annotations.end(),
      [](const Annotation& each) { return each.value && each.value->size() > kMaxAnnotation; });
  if (large) return unexpected(Failure::kTooLarge);
  const bool possible = std::all_of(annotations.begin(), annotations.end(),
                                    [&](const auto& each) { return can_be(account, place, each); });
  if (!possible) return unexpected(Failure::kInvalidName);
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  const bool there =
      place.mailbox == 0 || database.integer("SELECT 1 FROM mailbox WHERE id = ?", place.mailbox);
  if (!there) return unexpected(Failure::kNoSuchMailbox);
  const std::int64_t change = next_change(database);
  for (const Annotation& annotation : annotations) put(database, place, annotation, change);
  if (too_many(database, place.mailbox)) return unexpected(Failure::kOverQuota);
  transaction.commit();
  ring(account, 0, 0);
  return {};
}

MetadataChanges metadata_changes_since(Account& account, AccountId user, std::uint64_t since) {
  Database& database = account.database();
  Transaction snapshot(database, Transaction::Kind::kRead);
  MetadataChanges changes{.now = static_cast<std::uint64_t>(last_change(database)), .changed = {}};
  if (since >= changes.now) return changes;
  for (Statement row = database.query(
           "SELECT mailbox, entry FROM metadata WHERE changed > ? AND owner IN (0, ?) "
           "ORDER BY mailbox, entry",
           since, user);
       row.step();)
    changes.changed.push_back({.mailbox = row.integer(0), .entry = row.string(1)});
  return changes;
}

void copy_metadata(Database& database, MailboxId from, MailboxId to) {
  const std::int64_t change = next_change(database);
  database.run(
      "INSERT INTO metadata SELECT ?, owner, entry, ?, value FROM metadata "
      "WHERE mailbox = ? AND value IS NOT NULL",
      to, change, from);
}

}  // namespace mailstore
