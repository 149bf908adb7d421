// sort.db of an account, beside mail.db: what SORT and THREAD compare of messages, packed by chunks
// of a mailbox in the order of UIDs, and the places of texts among each other. It is derived from
// mail.db, so nothing is lost with it: writes are not synced, and a damaged file is made anew. In a
// file of its own so that filling it never holds the lock that deliveries need.
//
// A message never changes what is compared of it, so nothing here is ever wrong but after a mail.db
// was put back from a backup; that is found out (`chunks`) and the mailbox is packed anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/messages.hpp"
#include "mailstore/sort_columns.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/text_order.hpp"

namespace mailstore {

class SortIndex {
 public:
  /// Makes it when it is missing or damaged.
  explicit SortIndex(const std::filesystem::path& account_folder);
  static bool exists(const std::filesystem::path& account_folder);

  /// Keys mail::keyed_number.
  const std::string& secret() const { return secret_; }

  struct Chunk {
    std::int64_t id = 0;
    Uid first = 0, last = 0;
    std::uint32_t messages = 0;
    std::int64_t content = 0;  ///< of the last message
  };
  /// Ascending; none when what is there is of another life of the mailbox.
  std::vector<Chunk> chunks(Account& account, MailboxId mailbox, const MailboxView& view);
  /// Hands over the octets of a column; false: they are there no more.
  bool read(const Chunk& chunk, SortColumn column,
            const std::function<void(std::string_view)>& each);

  /// Adds a chunk behind the others, unless another process was quicker.
  void add(MailboxId mailbox, std::uint32_t uid_validity, const Chunk& chunk,
           const ChunkWriter& columns);
  void forget(MailboxId mailbox);
  /// Forgets mailboxes that are not in `account` any more.
  void forget_deleted(Account& account);

  /// Of the first messages that are packed, so many as were there when they were ranked.
  std::vector<std::uint32_t> ranks(MailboxId mailbox, SortColumn column);
  void save_ranks(MailboxId mailbox, SortColumn column, const TextOrder& order,
                  const std::vector<std::string_view>& texts);
  /// Where a text is, or would be, among those ranked.
  struct Place {
    std::uint32_t rank = 0;  ///< how many of them are less
    bool is_there = false;
  };
  Place place_of(MailboxId mailbox, SortColumn column, std::string_view text);

 private:
  bool is_current(Account& account, MailboxId mailbox, const MailboxView& view,
                  const Chunk& chunk) const;

  Database database_;
  std::string secret_;
};

}  // namespace mailstore
