#include "mua/sync/message_writer.hpp"

#include <algorithm>
#include <set>

#include "mail/header.hpp"
#include "mail/message_ids.hpp"
#include "mua/printable.hpp"
#include "mua/sync/journal_effects.hpp"
#include "mua/sync/message_rows.hpp"
#include "mua/sync/stored_addresses.hpp"
#include "mua/sync/text_index.hpp"

namespace mua::sync {

using mail::imap::Envelope;
using mail::imap::Fetched;
using mailstore::Statement;

namespace {

// More references than these say nothing new.
constexpr std::size_t kMostReferences = 30;

/// FNV-1a: equal ids give equal numbers, and of 10^6 ids hardly two others do.
std::int64_t hash_of(std::string_view id) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return static_cast<std::int64_t>(hash);
}

/// The octets of HEADER.FIELDS, whatever the server's spelling of it.
std::string_view fields_of(const Fetched& message) {
  for (const mail::imap::Section& section : message.sections) {
    if (section.name.size() > 6) return section.octets;
  }
  return {};
}

/// As good as a guess by the header can be: BODYSTRUCTURE costs more than all the rest of a line.
bool looks_attached(std::string_view fields) {
  const std::string type =
      mail::parse_parameterized(mail::field_value(fields, "content-type")).word;
  if (type == "multipart/mixed") return true;
  return !type.empty() && !type.starts_with("multipart/") && !type.starts_with("text/");
}

std::vector<std::string> references_of(const Envelope& envelope, std::string_view fields) {
  std::vector<std::string> ids =
      mail::message_ids(mail::field_value(fields, "references"), SIZE_MAX);
  for (std::string& id : mail::message_ids(envelope.in_reply_to, 1)) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  }
  if (ids.size() > kMostReferences) ids.erase(ids.begin(), ids.end() - kMostReferences);
  return ids;
}

/// Whether the journal is about to take it out of the folder.
bool moved_away(mailstore::Database& database, FolderId folder, std::uint32_t uid) {
  return database
      .integer(
          "SELECT 1 FROM journal INDEXED BY journal_unfinished JOIN journal_message ON entry = id "
          "WHERE state NOT IN (5, 7) AND state <> 6 AND action IN (1, 2) AND folder = ? AND uid = "
          "?",
          folder, uid)
      .has_value();
}

}  // namespace

// The thread of the message's own id and of all it refers to; threads that turn out to be one
// become one.
ThreadId MessageWriter::thread_of(const std::vector<std::string>& ids) {
  std::set<ThreadId> known;
  for (const std::string& id : ids) {
    if (auto thread =
            database_.integer("SELECT thread FROM thread_id WHERE hash = ?", hash_of(id))) {
      known.insert(*thread);
    }
  }
  const ThreadId thread =
      known.empty()
          ? database_
                .integer(
                    "SELECT coalesce(max(thread), (SELECT min(id) FROM folder)) + 1 FROM thread_id")
                .value_or(1)
          : *known.begin();
  for (const ThreadId other : known) {
    if (other == thread) continue;
    database_.run("UPDATE message SET thread = ? WHERE thread = ?", thread, other);
    database_.run("UPDATE thread_id SET thread = ? WHERE thread = ?", thread, other);
  }
  for (const std::string& id : ids) {
    database_.run("INSERT INTO thread_id VALUES (?, ?) ON CONFLICT DO NOTHING", hash_of(id),
                  thread);
  }
  return thread;
}

void MessageWriter::insert(FolderId folder, const Fetched& message) {
  const Envelope envelope = message.envelope.value_or(Envelope{});
  const mail::FlagSet flags = message.flags.value_or(mail::FlagSet{});
  const std::string_view fields = fields_of(message);
  const std::vector<std::string> references = references_of(envelope, fields);
  std::vector<std::string> ids = mail::message_ids(envelope.message_id, 1);
  // A message without an id is a thread by itself, under a name nobody refers to.
  if (ids.empty())
    ids.push_back("folder " + std::to_string(folder) + " " + std::to_string(*message.uid));
  ids.insert(ids.end(), references.begin(), references.end());
  const std::string from = stored_addresses(envelope.from), to = stored_addresses(envelope.to),
                    cc = stored_addresses(envelope.cc);
  const std::string subject = printable(envelope.subject);
  database_.run(
      "INSERT INTO message (folder, uid, thread, flags, keywords, date, size, attachment, sender, "
      "recipients, subject, cc, bcc, reply_to, date_field, message_id, in_reply_to, refs) VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      folder, *message.uid, thread_of(ids), flags.system, stored_keywords(flags.keywords),
      message.internal_date.value_or(mail::DateTime{}).seconds, message.size.value_or(0),
      looks_attached(fields) ? 1 : 0, from, to, subject, cc, stored_addresses(envelope.bcc),
      stored_addresses(envelope.reply_to), printable(envelope.date), printable(envelope.message_id),
      printable(envelope.in_reply_to), stored_keywords(references));
  index_header(
      database_, database_.last_insert_id(),
      {searchable_addresses(from), searchable_addresses(to) + searchable_addresses(cc), subject});
}

std::optional<MessageId> MessageWriter::put(FolderId folder, const Fetched& message) {
  if (!message.uid) return std::nullopt;
  const bool known = database_
                         .integer("SELECT id FROM message WHERE folder = ? AND uid = ? AND uid > 0",
                                  folder, *message.uid)
                         .has_value();
  if (known) {
    if (message.flags) set_flags(folder, *message.uid, *message.flags);
    return std::nullopt;
  }
  if (moved_away(database_, folder, *message.uid)) return std::nullopt;
  insert(folder, message);
  return database_.integer("SELECT id FROM message WHERE folder = ? AND uid = ? AND uid > 0",
                           folder, *message.uid);
}

bool MessageWriter::set_flags(FolderId folder, std::uint32_t uid, const mail::FlagSet& flags) {
  const auto message = database_.integer(
      "SELECT id FROM message WHERE folder = ? AND uid = ? AND uid > 0", folder, uid);
  if (!message) return false;
  mail::FlagSet seen = flags;
  apply_unfinished_flags(database_, *message, seen);
  return database_.run(
             "UPDATE message SET flags = ?1, keywords = ?2 WHERE id = ?3 AND (flags <> ?1 OR "
             "keywords <> ?2)",
             seen.system, stored_keywords(seen.keywords), *message) > 0;
}

std::size_t MessageWriter::vanish(FolderId folder, const mail::SequenceSet& uids) {
  std::size_t gone = 0;
  for (const mail::NumberRange& range : uids.ranges()) {
    gone += static_cast<std::size_t>(database_.run(
        "DELETE FROM message WHERE folder = ? AND uid BETWEEN ? AND ? AND uid > 0", folder,
        std::min(range.first, range.last), std::max(range.first, range.last)));
  }
  return gone;
}

std::size_t MessageWriter::keep_only(FolderId folder, mail::NumberRange range,
                                     const std::vector<std::uint32_t>& uids) {
  std::vector<MessageId> gone;
  Statement row = database_.query(
      "SELECT id, uid FROM message WHERE folder = ? AND uid BETWEEN ? AND ? AND uid > 0", folder,
      range.first, range.last);
  while (row.step()) {
    if (!std::binary_search(uids.begin(), uids.end(), static_cast<std::uint32_t>(row.integer(1)))) {
      gone.push_back(row.integer(0));
    }
  }
  for (const MessageId id : gone) database_.run("DELETE FROM message WHERE id = ?", id);
  return gone.size();
}

void MessageWriter::forget(FolderId folder) {
  database_.run("DELETE FROM message WHERE folder = ?", folder);
}

void MessageWriter::placed(MessageId message, FolderId folder, std::uint32_t uid) {
  // The next look may have been quicker: then what it found is the same message.
  database_.run("DELETE FROM message WHERE folder = ? AND uid = ? AND uid > 0 AND id <> ?", folder,
                uid, message);
  database_.run("UPDATE message SET uid = ? WHERE id = ? AND folder = ?", uid, message, folder);
  database_.run(
      "UPDATE journal_message SET uid = ? WHERE message = ? AND uid = 0 AND entry IN (SELECT id "
      "FROM journal WHERE state NOT IN (5, 6, 7) AND folder = ?)",
      uid, message, folder);
}

void MessageWriter::lost_sight(MessageId message, FolderId folder) {
  database_.run("DELETE FROM message WHERE id = ? AND folder = ? AND uid = 0", message, folder);
}

}  // namespace mua::sync
