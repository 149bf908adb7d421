#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// docs/store.md tells what each table is for. Domains and local parts are the keys of
// mail::domain_key and mail::local_key.
constexpr std::string_view kDirectoryVersion1 = R"sql(
CREATE TABLE domain (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE account (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again
  domain          TEXT NOT NULL,
  local           TEXT NOT NULL,
  address         TEXT NOT NULL,                       -- as created
  created_at      INTEGER NOT NULL,
  has_folder      INTEGER NOT NULL DEFAULT 0,          -- its folder was made once
  password        TEXT NOT NULL,                       -- argon2id
  version         INTEGER NOT NULL DEFAULT 1,          -- of the credentials
  salt            BLOB NOT NULL,                       -- SCRAM-SHA-256 from here on
  iterations      INTEGER NOT NULL,
  stored_key      BLOB NOT NULL,
  server_key      BLOB NOT NULL,
  UNIQUE (domain, local)
) STRICT;

CREATE TABLE alias (
  domain   TEXT NOT NULL,
  local    TEXT NOT NULL,      -- '' is the catch-all
  position INTEGER NOT NULL,
  address  TEXT NOT NULL,      -- as created
  target   TEXT NOT NULL,
  PRIMARY KEY (domain, local, position)
) STRICT, WITHOUT ROWID;
)sql";

// The secret is made where the table is: for new installations and for those that are migrated.
constexpr std::string_view kDirectoryVersion2 = R"sql(
ALTER TABLE account ADD COLUMN keep INTEGER NOT NULL DEFAULT 1;  -- a copy of what is forwarded

CREATE TABLE forward (
  account  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  target   TEXT NOT NULL,
  PRIMARY KEY (account, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE srs (secret BLOB NOT NULL) STRICT;  -- one row: what our SRS addresses are signed with
INSERT INTO srs VALUES (randomblob(32));
)sql";

// What an account may hold, NULL for the settings' default.
constexpr std::string_view kDirectoryVersion3 = R"sql(
ALTER TABLE account ADD COLUMN storage_limit INTEGER;  -- octets; 0: no limit
ALTER TABLE account ADD COLUMN message_limit INTEGER;
ALTER TABLE account ADD COLUMN mailbox_limit INTEGER;

CREATE TABLE share (          -- who may find something in whose account (RFC 4314)
  grantee INTEGER NOT NULL,   -- an account; 0: anyone
  owner   INTEGER NOT NULL,
  PRIMARY KEY (grantee, owner)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::int32_t kDirectoryId = 0x50424d44;  // "PBMD"

}  // namespace

const Schema& directory_schema() {
  static const Schema schema{"domain database",
                             kDirectoryId,
                             {kDirectoryVersion1, kDirectoryVersion2, kDirectoryVersion3}};
  return schema;
}

}  // namespace mailstore
