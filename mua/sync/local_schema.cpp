#include <fmt/format.h>

#include <string>
#include <string_view>

#include "mua/sync/local_store.hpp"

namespace mua::sync {

namespace {

// Ids are never given twice, because the indexes of text forget what was in them later than the
// lists. The triggers that a file of an early version has are replaced by those below.
constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE folder (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  separator     TEXT NOT NULL DEFAULT '',
  use           INTEGER NOT NULL DEFAULT 0,   -- SpecialUse
  selectable    INTEGER NOT NULL DEFAULT 1,
  total         INTEGER NOT NULL DEFAULT 0,   -- as STATUS said
  unread        INTEGER NOT NULL DEFAULT 0,
  cached        INTEGER NOT NULL DEFAULT 0,   -- kept by triggers
  cached_unread INTEGER NOT NULL DEFAULT 0,
  uid_validity  INTEGER NOT NULL DEFAULT 0,   -- SyncPoint
  uid_next      INTEGER NOT NULL DEFAULT 0,
  modseq        INTEGER NOT NULL DEFAULT 0,
  lowest        INTEGER NOT NULL DEFAULT 0,
  synced_at     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every account has it. Ids begin at a number drawn for the file, times 2^40, so that those of
-- several accounts are told apart.
INSERT INTO folder (id, name, use) VALUES (((random() & 0x1fffff) + 1) << 40, 'INBOX', 1);
INSERT INTO sqlite_sequence (name, seq)
  SELECT column1, id FROM folder, (VALUES ('message'), ('draft'), ('journal'));

CREATE TABLE message (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  folder      INTEGER NOT NULL,             -- 0: removed, and the server is not told yet
  uid         INTEGER NOT NULL,             -- 0: the server has not said it yet
  thread      INTEGER NOT NULL,
  flags       INTEGER NOT NULL,             -- with what the journal still has to tell
  keywords    TEXT NOT NULL,                -- separated by blanks
  pending     INTEGER NOT NULL DEFAULT 0,   -- unfinished entries of the journal
  date        INTEGER NOT NULL,
  size        INTEGER NOT NULL,
  attachment  INTEGER NOT NULL,
  sender      TEXT NOT NULL,                -- addresses as stored_addresses.hpp has them
  recipients  TEXT NOT NULL,
  subject     TEXT NOT NULL,
  cc          TEXT NOT NULL,
  bcc         TEXT NOT NULL,
  reply_to    TEXT NOT NULL,
  date_field  TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  in_reply_to TEXT NOT NULL,
  refs        TEXT NOT NULL                 -- ids without brackets, separated by blanks
) STRICT;
CREATE UNIQUE INDEX message_by_uid ON message (folder, uid) WHERE uid > 0;
CREATE INDEX message_by_date ON message (folder, date, uid, id);
CREATE INDEX message_unread ON message (folder, date, uid, id) WHERE flags & 1 = 0;
CREATE INDEX message_by_thread ON message (thread, folder, date);

CREATE TABLE thread_id (                    -- which thread has a message id
  hash   INTEGER PRIMARY KEY,
  thread INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_id_by_thread ON thread_id (thread);

CREATE TABLE folder_thread (                -- the messages of a thread in a folder
  folder INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY (folder, thread)
) STRICT, WITHOUT ROWID;
CREATE INDEX folder_thread_order ON folder_thread (folder, newest, thread, count);

CREATE TABLE body (
  message   INTEGER PRIMARY KEY,
  structure TEXT NOT NULL,                  -- JSON, structure_json.hpp
  indexed   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE part (                         -- octets as the server sent them
  message INTEGER NOT NULL,
  number  TEXT NOT NULL,
  begin   INTEGER NOT NULL,
  last    INTEGER NOT NULL,                 -- 1: nothing comes after it
  octets  BLOB NOT NULL,
  PRIMARY KEY (message, number, begin)
) STRICT;

CREATE VIRTUAL TABLE header_text USING fts5 (
  sender, recipients, subject, content = '', columnsize = 0, detail = column, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE body_text USING fts5 (
  text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE person (
  address TEXT PRIMARY KEY,                 -- folded
  written TEXT NOT NULL,                    -- the address as it was written
  name    TEXT NOT NULL,
  folded  TEXT NOT NULL,                    -- the name, for completion
  sent    INTEGER NOT NULL,                 -- times written to
  seen    INTEGER NOT NULL,
  last    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_order ON person (sent DESC, seen DESC, last DESC);

CREATE TABLE draft (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  saved_at INTEGER NOT NULL,
  content  TEXT NOT NULL,
  entry    INTEGER                          -- of the journal, which sends it
) STRICT;

CREATE TABLE journal (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  batch      INTEGER NOT NULL,
  action     INTEGER NOT NULL,              -- Action
  state      INTEGER NOT NULL,              -- EntryState
  made_at    INTEGER NOT NULL,              -- seconds
  not_before INTEGER NOT NULL,              -- milliseconds
  folder     INTEGER NOT NULL DEFAULT 0,
  target     INTEGER NOT NULL DEFAULT 0,
  flag       TEXT NOT NULL DEFAULT '',
  is_set     INTEGER NOT NULL DEFAULT 1,
  label      TEXT NOT NULL,
  message_id TEXT NOT NULL DEFAULT '',
  sender     TEXT NOT NULL DEFAULT '',
  recipients TEXT NOT NULL DEFAULT '',      -- one a line
  flags      TEXT NOT NULL DEFAULT '',      -- of what is appended, separated by blanks
  files_copy INTEGER NOT NULL DEFAULT 1,    -- what is sent is put into Sent
  answered   INTEGER,
  forwarded  INTEGER,
  supersedes INTEGER,
  undoable   INTEGER NOT NULL DEFAULT 1,
  tries      INTEGER NOT NULL DEFAULT 0,
  said       TEXT NOT NULL DEFAULT '',
  advice     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX journal_unfinished ON journal (id) WHERE state NOT IN (5, 7);
CREATE INDEX journal_batch ON journal (batch);

CREATE TABLE journal_message (
  entry   INTEGER NOT NULL,
  message INTEGER NOT NULL,
  uid     INTEGER NOT NULL,                 -- in journal.folder; 0: not known yet
  PRIMARY KEY (entry, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_message_of ON journal_message (message, entry);

CREATE TABLE journal_content (
  entry  INTEGER PRIMARY KEY,
  octets BLOB NOT NULL
) STRICT;
)sql";

// What makes the next connection short, and what is to be taken out of the indexes of text.
constexpr std::string_view kVersion2 = R"sql(
CREATE TABLE server (
  settings     TEXT PRIMARY KEY,            -- under which it was met
  tls_session  BLOB NOT NULL,               -- to take up again: secrets of TLS
  greeting     TEXT NOT NULL,
  capabilities TEXT NOT NULL,               -- separated by blanks
  proved       INTEGER NOT NULL             -- that it knows the password
) STRICT;

-- What the indexes of text still hold of messages that are gone: to take it out, it has to be known.
CREATE TABLE removed (
  message    INTEGER PRIMARY KEY,
  sender     TEXT NOT NULL,
  recipients TEXT NOT NULL,
  cc         TEXT NOT NULL,
  subject    TEXT NOT NULL
) STRICT;
)sql";

// Counts of folders and threads are kept by triggers: whoever changes a message, the lists are
// right. What the server said last of a folder changes along with what is known to have changed.
std::string counting_triggers() {
  constexpr std::string_view kInto =
      "INSERT INTO folder_thread VALUES (NEW.folder, NEW.thread, NEW.date, 1, NEW.flags & 1 = 0) "
      "ON CONFLICT (folder, thread) DO UPDATE SET newest = max(newest, excluded.newest), "
      "count = count + 1, unread = unread + excluded.unread;";
  constexpr std::string_view kOutOf =
      "UPDATE folder SET cached = cached - 1, cached_unread = cached_unread - (OLD.flags & 1 = 0), "
      "total = total - 1, unread = unread - (OLD.flags & 1 = 0) "
      "WHERE id = OLD.folder;"
      "UPDATE folder_thread SET count = count - 1, unread = unread - (OLD.flags & 1 = 0), "
      "newest = coalesce((SELECT max(date) FROM message "
      "WHERE thread = OLD.thread AND folder = OLD.folder), 0) "
      "WHERE folder = OLD.folder AND thread = OLD.thread;"
      "DELETE FROM folder_thread WHERE folder = OLD.folder AND thread = OLD.thread AND count = 0;";
  constexpr std::string_view kTriggers = R"sql(
DROP TRIGGER IF EXISTS message_comes;
DROP TRIGGER IF EXISTS message_goes;
DROP TRIGGER IF EXISTS message_changes;

-- Threads of several accounts are told apart too.
UPDATE thread_id SET thread = thread + (SELECT min(id) FROM folder);
UPDATE message SET thread = thread + (SELECT min(id) FROM folder);
UPDATE folder_thread SET thread = thread + (SELECT min(id) FROM folder);

-- The server has counted it already.
CREATE TRIGGER message_comes AFTER INSERT ON message BEGIN
  UPDATE folder SET cached = cached + 1, cached_unread = cached_unread + (NEW.flags & 1 = 0)
    WHERE id = NEW.folder;
  {into}
END;
CREATE TRIGGER message_goes AFTER DELETE ON message BEGIN
  {out_of}
  DELETE FROM body WHERE message = OLD.id AND indexed = 0;
  DELETE FROM part WHERE message = OLD.id AND NOT EXISTS (SELECT 1 FROM body WHERE message = OLD.id);
  INSERT INTO removed VALUES (OLD.id, OLD.sender, OLD.recipients, OLD.cc, OLD.subject);
END;
CREATE TRIGGER message_changes AFTER UPDATE OF folder, thread, flags ON message
WHEN NEW.folder <> OLD.folder OR NEW.thread <> OLD.thread OR NEW.flags & 1 <> OLD.flags & 1 BEGIN
  {out_of}
  UPDATE folder SET cached = cached + 1, cached_unread = cached_unread + (NEW.flags & 1 = 0),
      total = total + 1, unread = unread + (NEW.flags & 1 = 0)
    WHERE id = NEW.folder;
  {into}
END;
)sql";
  return fmt::format(kTriggers, fmt::arg("into", kInto), fmt::arg("out_of", kOutOf));
}

// What is sent and appended, in pieces; of earlier versions it is one piece. The ids are those of
// the entries it was of.
constexpr std::string_view kVersion4 = R"sql(
CREATE TABLE content (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER NOT NULL                  -- seconds
) STRICT;
CREATE TABLE content_piece (
  content INTEGER NOT NULL,
  begin   INTEGER NOT NULL,
  octets  BLOB NOT NULL,
  PRIMARY KEY (content, begin)
) STRICT;
ALTER TABLE journal ADD COLUMN content INTEGER;
INSERT INTO content SELECT j.id, j.made_at FROM journal AS j JOIN journal_content AS c
  ON c.entry = j.id WHERE j.state <> 5 AND length(c.octets) > 0;
INSERT INTO content_piece SELECT entry, 0, octets FROM journal_content
  WHERE entry IN (SELECT id FROM content);
UPDATE journal SET content = id WHERE id IN (SELECT id FROM content);
DROP TABLE journal_content;
)sql";

constexpr std::int32_t kApplicationId = 0x50424d4c;  // "PBML"

}  // namespace

const mailstore::Schema& local_schema() {
  static const std::string version3 = counting_triggers();
  static const mailstore::Schema schema{
      "mua store", kApplicationId, {kVersion1, kVersion2, version3, kVersion4}};
  return schema;
}

}  // namespace mua::sync
