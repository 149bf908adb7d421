#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// docs/store.md tells what each table is for.
constexpr std::string_view kSortVersion1 = R"sql(
CREATE TABLE secret (octets BLOB NOT NULL) STRICT;  -- keys the numbers of message ids and subjects
INSERT INTO secret VALUES (randomblob(32));

CREATE TABLE chunk (                 -- a run of messages of a mailbox, in the order of UIDs
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mailbox      INTEGER NOT NULL,
  uid_validity INTEGER NOT NULL,
  first_uid    INTEGER NOT NULL,
  last_uid     INTEGER NOT NULL,
  messages     INTEGER NOT NULL,
  content      INTEGER NOT NULL,     -- of the last message: it tells a mail.db put back from a backup
  UNIQUE (mailbox, first_uid)
) STRICT;

CREATE TABLE packed (                -- one thing that is compared, of each message of a chunk
  id     INTEGER PRIMARY KEY,        -- 16 * chunk + column (sort_columns.hpp)
  octets BLOB NOT NULL
) STRICT;

CREATE TABLE ranks (                 -- the places of a mailbox's texts among each other
  mailbox  INTEGER NOT NULL,
  kind     INTEGER NOT NULL,         -- the column ranked
  messages INTEGER NOT NULL,         -- the first so many that are packed
  octets   BLOB NOT NULL,
  PRIMARY KEY (mailbox, kind)
) STRICT;

CREATE TABLE ranked_text (           -- the different texts ranked, in order, in runs
  mailbox INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  first   BLOB NOT NULL,             -- the first text of the run
  rank    INTEGER NOT NULL,          -- its place
  octets  BLOB NOT NULL,
  PRIMARY KEY (mailbox, kind, first)
) STRICT;
)sql";

constexpr std::int32_t kSortId = 0x50424d4f;  // "PBMO"

}  // namespace

const Schema& sort_schema() {
  static const Schema schema{"sort index", kSortId, {kSortVersion1}};
  return schema;
}

}  // namespace mailstore
