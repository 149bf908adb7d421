#include "mailstore/search_facts.hpp"

#include <algorithm>

#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// Index of the UID in the view, from `from` on; the size of the view when it isn't there.
std::size_t index_of(const MailboxView& view, std::int64_t uid, std::size_t from) {
  const auto begin = view.messages.begin() + static_cast<std::ptrdiff_t>(from);
  const auto found = std::lower_bound(
      begin, view.messages.end(), uid,
      [](const MessageState& message, std::int64_t sought) { return message.uid < sought; });
  if (found == view.messages.end() || found->uid != uid) return view.messages.size();
  return static_cast<std::size_t>(found - view.messages.begin());
}

/// Calls `each` for rows of ascending UIDs (first column) that are in the view.
template <class Each>
void for_each_in_view(Statement row, const MailboxView& view, Each each) {
  for (std::size_t next = 0; row.step();) {
    const std::size_t index = index_of(view, row.integer(0), next);
    if (index == view.messages.size()) continue;
    each(index, row);
    next = index + 1;
  }
}

}  // namespace

std::vector<SearchFacts> read_facts(Account& account, MailboxId mailbox, const MailboxView& view) {
  std::vector<SearchFacts> facts(view.messages.size());
  for_each_in_view(account.database().query(
                       "SELECT uid, size, header_size, internal_date, zone_minutes, content,"
                       " save_date FROM message WHERE mailbox = ? ORDER BY uid",
                       mailbox),
                   view, [&](std::size_t index, const Statement& row) {
                     facts[index] = {true,           row.integer(1), row.integer(2), row.integer(3),
                                     row.integer(4), row.integer(5), row.integer(6)};
                   });
  return facts;
}

namespace {

/// A column of `content`, 0 where the message is gone.
std::vector<std::int64_t> read_of_content(Account& account, MailboxId mailbox,
                                          const MailboxView& view, std::string_view column) {
  std::vector<std::int64_t> values(view.messages.size());
  for_each_in_view(
      account.database().query("SELECT uid, " + std::string(column) +
                                   " FROM message JOIN content ON id = content"
                                   " WHERE mailbox = ? ORDER BY uid",
                               mailbox),
      view, [&](std::size_t index, const Statement& row) { values[index] = row.integer(1); });
  return values;
}

}  // namespace

std::vector<std::int64_t> read_sent_dates(Account& account, MailboxId mailbox,
                                          const MailboxView& view) {
  return read_of_content(account, mailbox, view, "sent_at");
}

std::vector<std::int64_t> read_threads(Account& account, MailboxId mailbox,
                                       const MailboxView& view) {
  return read_of_content(account, mailbox, view, "thread");
}

}  // namespace mailstore
