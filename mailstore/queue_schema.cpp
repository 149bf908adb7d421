#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// docs/store.md tells what each table is for. Ids are never given twice (AUTOINCREMENT), because
// delivery ids are made of them. Only what may become due is in recipient_due, so that finished and
// held recipients cost it nothing.
constexpr std::string_view kQueueVersion1 = R"sql(
CREATE TABLE epoch (word TEXT NOT NULL) STRICT;  -- one row: first part of every message's name
INSERT INTO epoch VALUES (lower(hex(randomblob(8))));

CREATE TABLE message (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  sender_local  TEXT NOT NULL,
  sender_domain TEXT NOT NULL,
  login         TEXT NOT NULL,
  received_at   INTEGER NOT NULL,
  smtputf8      INTEGER NOT NULL,
  body          TEXT NOT NULL,
  ret           TEXT NOT NULL,
  envid         TEXT NOT NULL,
  size          INTEGER NOT NULL,
  content       BLOB             -- NULL: the octets are in queue/<id>
) STRICT;

CREATE TABLE recipient (
  message      INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  local        TEXT NOT NULL,
  domain       TEXT NOT NULL,
  original     TEXT NOT NULL,
  account      INTEGER NOT NULL,  -- 0: elsewhere
  state        INTEGER NOT NULL,  -- 0 queued, 1 delivered, 2 failed, 3 held
  attempts     INTEGER NOT NULL,
  next_attempt INTEGER NOT NULL,
  last_reply   TEXT NOT NULL,
  notify       TEXT NOT NULL,
  orcpt        TEXT NOT NULL,
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_due ON recipient (next_attempt, message) WHERE state = 0;
)sql";

// Columns are added at the end of their tables: rows of version 1 are not rewritten.
constexpr std::string_view kQueueVersion2 = R"sql(
ALTER TABLE message ADD COLUMN requiretls INTEGER NOT NULL DEFAULT 0;  -- 1: RFC 8689
ALTER TABLE message ADD COLUMN message_id TEXT NOT NULL DEFAULT '';    -- the header's
ALTER TABLE recipient ADD COLUMN delay_told INTEGER NOT NULL DEFAULT 0;  -- 1: a delay DSN was sent
ALTER TABLE recipient ADD COLUMN forwarded_by TEXT NOT NULL DEFAULT '';  -- who sends it outside
)sql";

constexpr std::int32_t kQueueId = 0x50424d51;  // "PBMQ"

}  // namespace

const Schema& queue_schema() {
  static const Schema schema{"queue database", kQueueId, {kQueueVersion1, kQueueVersion2}};
  return schema;
}

}  // namespace mailstore
