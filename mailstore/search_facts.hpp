// What SEARCH asks of messages beyond their flags, read from the store for a part of a view.
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

/// Indices [begin, end) of a view.
struct ViewRange {
  std::size_t begin = 0, end = 0;
  static ViewRange all(const MailboxView& view) { return {0, view.messages.size()}; }
  bool operator==(const ViewRange&) const = default;
};

/// In the order of the view, of the range alone.
std::vector<SearchFacts> read_facts(Account& account, MailboxId mailbox, const MailboxView& view,
                                    ViewRange range);

/// Seconds since 1970 of the Date: fields, 0 for none, as read_facts.
std::vector<std::int64_t> read_sent_dates(Account& account, MailboxId mailbox,
                                          const MailboxView& view, ViewRange range);

/// Thread numbers (mail/thread_number.hpp), 0 where none is stored, as read_facts.
std::vector<std::int64_t> read_threads(Account& account, MailboxId mailbox, const MailboxView& view,
                                       ViewRange range);

}  // namespace mailstore
