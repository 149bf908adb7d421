#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// docs/store.md tells more. Ids rise with time, so the oldest steps are found by id. Sender and
// Message-ID are sought in the step that every message begins with, which keeps the two indexes
// small; `original` is there only where it differs from the recipient.
constexpr std::string_view kHistoryVersion1 = R"sql(
CREATE TABLE step (
  id         INTEGER PRIMARY KEY,
  time       INTEGER NOT NULL,  -- milliseconds since 1970
  queue      TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sender     TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  original   TEXT NOT NULL,
  event      INTEGER NOT NULL,  -- 0 accepted ... 8 reported: mailstore/history.hpp
  host       TEXT NOT NULL,
  tls        TEXT NOT NULL,
  reply      TEXT NOT NULL
) STRICT;
CREATE INDEX step_queue ON step (queue);
CREATE INDEX step_message_id ON step (message_id) WHERE event = 0;
CREATE INDEX step_sender ON step (sender COLLATE NOCASE) WHERE event = 0;
CREATE INDEX step_recipient ON step (recipient COLLATE NOCASE) WHERE recipient <> '';
CREATE INDEX step_original ON step (original COLLATE NOCASE) WHERE original <> '';
)sql";

constexpr std::int32_t kHistoryId = 0x50424d48;  // "PBMH"

}  // namespace

const Schema& history_schema() {
  static const Schema schema{"history database", kHistoryId, {kHistoryVersion1}};
  return schema;
}

}  // namespace mailstore
