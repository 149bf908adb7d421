// fetch.db of an account, beside mail.db: what FETCH shows of messages, packed by chunks of a
// mailbox in the order of UIDs, so that showing all of a large mailbox again reads some large rows
// in place of many small ones. It is derived from mail.db, so nothing is lost with it: writes are
// not synced, and a damaged file is made anew. In a file of its own so that filling it never holds
// the lock that deliveries need.
//
// What is packed of a message never changes, so nothing here is ever wrong but after a mail.db was
// put back from a backup; that is found out (`read`) and the mailbox is packed anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "mailstore/fetch_columns.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

class FetchIndex {
 public:
  /// Makes it when it is missing or damaged.
  explicit FetchIndex(const std::filesystem::path& account_folder);
  static bool exists(const std::filesystem::path& account_folder);

  struct Chunk {
    std::int64_t id = 0;
    Uid first = 0, last = 0;
    std::uint32_t messages = 0;
  };
  /// Ascending; none when what is there is of another life of the mailbox.
  std::vector<Chunk> chunks(MailboxId mailbox, std::uint32_t uid_validity);
  /// With the texts that `columns` ask for. nullopt: it is not that of these messages, or damaged,
  /// and the mailbox was forgotten.
  std::optional<FetchChunk> read(Account& account, MailboxId mailbox, const Chunk& chunk,
                                 Columns columns);

  /// Adds a chunk, unless another process was quicker.
  void add(MailboxId mailbox, std::uint32_t uid_validity, const FetchChunkWriter& columns);
  void remove(const std::vector<Chunk>& chunks);
  void forget(MailboxId mailbox);
  /// Forgets mailboxes that are not in `account` any more.
  void forget_deleted(Account& account);

 private:
  std::optional<FetchChunk> load(const Chunk& chunk, Columns columns);
  bool is_current(Account& account, MailboxId mailbox, const FetchChunk& chunk) const;

  Database database_;
};

}  // namespace mailstore
