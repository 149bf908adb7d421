#include "mailstore/schema.hpp"
#include "mailstore/state_blocks.hpp"

namespace mailstore {

namespace {

// docs/store.md tells what each table is for.
constexpr std::string_view kAccountVersion1 = R"sql(
CREATE TABLE counter (              -- one row
  content_floor     INTEGER NOT NULL,  -- content ids up to this one are never given again
  last_uid_validity INTEGER NOT NULL,
  boot              TEXT NOT NULL      -- of the machine, when the account was last opened
) STRICT;
INSERT INTO counter VALUES (0, 0, '');

CREATE TABLE mailbox (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL UNIQUE,
  special_use  TEXT NOT NULL DEFAULT '',
  selectable   INTEGER NOT NULL DEFAULT 1,
  uid_validity INTEGER NOT NULL,
  uid_next     INTEGER NOT NULL DEFAULT 1,
  mod_seq      INTEGER NOT NULL DEFAULT 1,  -- the highest given
  first_recent INTEGER NOT NULL DEFAULT 1,
  messages     INTEGER NOT NULL DEFAULT 0,
  recent       INTEGER NOT NULL DEFAULT 0,
  unseen       INTEGER NOT NULL DEFAULT 0,
  deleted      INTEGER NOT NULL DEFAULT 0,
  size         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE keyword (
  mailbox INTEGER NOT NULL,
  slot    INTEGER NOT NULL,
  name    TEXT NOT NULL,
  PRIMARY KEY (mailbox, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  mailbox       INTEGER NOT NULL,
  uid           INTEGER NOT NULL,
  mod_seq       INTEGER NOT NULL,
  flags         INTEGER NOT NULL,
  size          INTEGER NOT NULL,
  header_size   INTEGER NOT NULL,
  internal_date INTEGER NOT NULL,
  zone_minutes  INTEGER NOT NULL,
  save_date     INTEGER NOT NULL,
  content       INTEGER NOT NULL,
  PRIMARY KEY (mailbox, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_change ON message (mailbox, mod_seq);

CREATE TABLE content (
  id             INTEGER PRIMARY KEY,
  sent_at        INTEGER NOT NULL,
  message_id     TEXT NOT NULL,
  envelope       TEXT NOT NULL,
  body           TEXT NOT NULL,
  body_structure TEXT NOT NULL
) STRICT;

CREATE TABLE octets (   -- a message's octets, or the first of them: files/<content> has the rest
  content INTEGER PRIMARY KEY,
  octets  BLOB NOT NULL
) STRICT;

CREATE TABLE shared (   -- contents that more than one message has
  content INTEGER PRIMARY KEY,
  more    INTEGER NOT NULL   -- messages beyond the first
) STRICT;

CREATE TABLE vanished (
  mailbox   INTEGER NOT NULL,
  mod_seq   INTEGER NOT NULL,
  first_uid INTEGER NOT NULL,
  last_uid  INTEGER NOT NULL,
  PRIMARY KEY (mailbox, mod_seq, first_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kAccountVersion2 = R"sql(
ALTER TABLE counter ADD COLUMN object_word TEXT NOT NULL DEFAULT '';  -- begins its object ids
UPDATE counter SET object_word = lower(hex(randomblob(6)));
ALTER TABLE content ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;     -- 0: not worked out

ALTER TABLE counter ADD COLUMN metadata_change INTEGER NOT NULL DEFAULT 0;  -- the last number given
CREATE TABLE metadata (       -- annotations of mailboxes and of the server (RFC 5464)
  mailbox INTEGER NOT NULL,   -- 0: the server's
  owner   INTEGER NOT NULL,   -- the account whose /private it is; 0: /shared
  entry   TEXT NOT NULL,      -- lower case
  changed INTEGER NOT NULL,   -- ascends with each change in the account
  value   BLOB,               -- NULL: was removed
  PRIMARY KEY (mailbox, owner, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE acl (            -- what others may do with a mailbox (RFC 4314)
  mailbox INTEGER NOT NULL,
  grantee INTEGER NOT NULL,   -- an account of domain.db; 0: anyone
  sign    INTEGER NOT NULL,   -- 1: granted, -1: taken away
  rights  TEXT NOT NULL,      -- "lrs", of today's letters alone
  PRIMARY KEY (mailbox, grantee, sign)
) STRICT, WITHOUT ROWID;

CREATE TABLE skipped (        -- UIDs that a power cut may have taken back
  mailbox   INTEGER NOT NULL,
  mod_seq   INTEGER NOT NULL,
  first_uid INTEGER NOT NULL,
  last_uid  INTEGER NOT NULL,
  PRIMARY KEY (mailbox, mod_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE released (       -- contents that nobody has any more, still to be removed
  content INTEGER PRIMARY KEY,
  size    INTEGER NOT NULL
) STRICT;
)sql";

constexpr std::string_view kAccountVersion3 = R"sql(
CREATE TABLE state_block (    -- flags and MODSEQ of up to 512 messages
  mailbox INTEGER NOT NULL,
  prefix  INTEGER NOT NULL,   -- their UIDs without the lower nine bits
  mod_seq INTEGER NOT NULL,   -- the highest of them
  states  BLOB NOT NULL,      -- state_encoding.hpp
  PRIMARY KEY (mailbox, prefix)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kAccountVersion4 = R"sql(
CREATE TABLE foreign_id (     -- contents that were copied from another account
  content  INTEGER PRIMARY KEY,
  email_id TEXT NOT NULL      -- what they are called there
) STRICT;
)sql";

/// Version 2 had them in columns of `message`, and an index beside it to find what changed.
void fill_state_blocks(Database& database) {
  std::vector<MailboxId> mailboxes;
  for (Statement row = database.query("SELECT id FROM mailbox"); row.step();)
    mailboxes.push_back(row.integer(0));
  for (const MailboxId mailbox : mailboxes) {
    std::vector<MessageState> states;
    for (Statement row = database.query(
             "SELECT uid, mod_seq, flags FROM message WHERE mailbox = ? ORDER BY uid", mailbox);
         row.step();)
      states.push_back({static_cast<Uid>(row.integer(0)), static_cast<ModSeq>(row.integer(1)),
                        static_cast<FlagBits>(row.integer(2))});
    append_states(database, mailbox, states);
  }
  database.script(
      "DROP INDEX message_change;"
      "ALTER TABLE message DROP COLUMN mod_seq;"
      "ALTER TABLE message DROP COLUMN flags;");
}

void fill(Database& database, int version) {
  if (version == 3) fill_state_blocks(database);
}

constexpr std::int32_t kAccountId = 0x50424d41;  // "PBMA"

}  // namespace

const Schema& account_schema() {
  static const Schema schema{
      "account database",
      kAccountId,
      {kAccountVersion1, kAccountVersion2, kAccountVersion3, kAccountVersion4},
      fill};
  return schema;
}

}  // namespace mailstore
