// What SEARCH asks of messages beyond their flags, read from the store once for all of a view.
#pragma once

#include <cstdint>
#include <vector>

#include "mailstore/messages.hpp"

namespace mailstore {

struct SearchFacts {
  bool there = false;  ///< false: expunged since the view was made
  std::int64_t size = 0;
  std::int64_t header_size = 0;
  std::int64_t internal_date = 0;
  std::int64_t zone_minutes = 0;
  std::int64_t content = 0;
  std::int64_t save_date = 0;
};

/// In the order of the view.
std::vector<SearchFacts> read_facts(Account& account, MailboxId mailbox, const MailboxView& view);

/// Seconds since 1970 of the Date: fields, 0 for none, in the order of the view.
std::vector<std::int64_t> read_sent_dates(Account& account, MailboxId mailbox,
                                          const MailboxView& view);

/// Thread numbers (mail/thread_number.hpp), 0 where none is stored, in the order of the view.
std::vector<std::int64_t> read_threads(Account& account, MailboxId mailbox,
                                       const MailboxView& view);

}  // namespace mailstore
