#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// docs/store.md tells what each table is for.
constexpr std::string_view kFetchVersion1 = R"sql(
CREATE TABLE chunk (                 -- a run of messages of a mailbox, in the order of UIDs
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mailbox      INTEGER NOT NULL,
  uid_validity INTEGER NOT NULL,
  first_uid    INTEGER NOT NULL,
  last_uid     INTEGER NOT NULL,
  messages     INTEGER NOT NULL,
  UNIQUE (mailbox, first_uid)
) STRICT;

CREATE TABLE packed (                -- one thing that is shown, of each message of a chunk
  id     INTEGER PRIMARY KEY,        -- 8 * chunk + column (fetch_columns.hpp)
  octets BLOB NOT NULL
) STRICT;
)sql";

constexpr std::int32_t kFetchId = 0x50424d46;  // "PBMF"

}  // namespace

const Schema& fetch_schema() {
  static const Schema schema{"copy of what FETCH shows", kFetchId, {kFetchVersion1}};
  return schema;
}

}  // namespace mailstore
