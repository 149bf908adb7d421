// What the operations on messages share: ranges put in order, rows taken out with their traces
// (vanished UIDs, contents nobody has any more). Private to the room; everything here happens
// inside the caller's transaction.
#pragma once

#include <cstdint>
#include <vector>

#include "mail/sequence_set.hpp"
#include "mailstore/mailbox_row.hpp"

namespace mailstore {

/// Ascending, without overlaps.
std::vector<mail::NumberRange> merge_ranges(std::vector<mail::NumberRange> ranges);

/// A row of `message` and its flags, whatever mailbox it is in.
struct MessageRow {
  Uid uid = 0;
  FlagBits flags = 0;
  std::int64_t size = 0;
  std::int64_t header_size = 0;
  std::int64_t internal_date = 0;
  std::int64_t zone_minutes = 0;
  std::int64_t content = 0;
};

/// Those of the ranges that exist, ascending.
std::vector<MessageRow> select_messages(Database& database, MailboxId mailbox,
                                        const std::vector<mail::NumberRange>& ranges);
/// Takes out those of the ranges that have one of the `marked` flags (0: all), ascending, and
/// counts them out of `row`.
std::vector<MessageRow> take_messages(Database& database, MailboxRow& row,
                                      const std::vector<mail::NumberRange>& ranges,
                                      FlagBits marked);
/// Puts it in under the next UID, with the row's MODSEQ, and counts it in; returns the UID. Its
/// flags are written when the row is saved.
Uid put_message(Database& database, MailboxRow& row, const MessageRow& message);

/// Remembers that they vanished with the row's MODSEQ.
void record_vanished(Database& database, const MailboxRow& row,
                     const std::vector<MessageRow>& messages);

/// One message fewer has each content; forgets those that none has, or leaves that to
/// remove_released when they are many. Returns the ids whose files are to be removed after the
/// commit.
std::vector<std::int64_t> release_contents(Database& database,
                                           const std::vector<MessageRow>& messages);
/// One message more has each content.
void share_contents(Database& database, const std::vector<MessageRow>& messages);
/// The first of the ids for new contents: none was ever given.
std::int64_t next_content_id(Database& database);

/// Removes the files of released contents; after the commit.
void remove_files(Account& account, const std::vector<std::int64_t>& contents);

}  // namespace mailstore
