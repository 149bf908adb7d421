#include "mailstore/search_facts.hpp"

#include <string>

#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// Runs `sql`, whose parameters are the mailbox and the ends of a range of UIDs and whose first
/// column are ascending UIDs, and calls `each` for those that are in the view.
template <class Each>
void for_each_row(Account& account, MailboxId mailbox, const MailboxView& view, ViewRange range,
                  std::string_view sql, Each each) {
  if (range.begin == range.end) return;
  const auto& messages = view.messages;
  auto next = messages.begin() + static_cast<std::ptrdiff_t>(range.begin);
  const auto end = messages.begin() + static_cast<std::ptrdiff_t>(range.end);
  for (Statement row = account.database().query(sql, mailbox, next->uid, (end - 1)->uid);
       row.step();) {
    const auto uid = static_cast<Uid>(row.integer(0));
    while (next != end && next->uid < uid) ++next;
    if (next == end) return;
    if (next->uid == uid)
      each(static_cast<std::size_t>(next - messages.begin()) - range.begin, row);
  }
}

/// A column of `content`, 0 where the message is gone.
std::vector<std::int64_t> read_of_content(Account& account, MailboxId mailbox,
                                          const MailboxView& view, ViewRange range,
                                          std::string_view column) {
  std::vector<std::int64_t> values(range.end - range.begin);
  const std::string sql = "SELECT uid, " + std::string(column) +
                          " FROM message JOIN content ON id = content"
                          " WHERE mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid";
  for_each_row(account, mailbox, view, range, sql,
               [&](std::size_t at, const Statement& row) { values[at] = row.integer(1); });
  return values;
}

}  // namespace

std::vector<SearchFacts> read_facts(Account& account, MailboxId mailbox, const MailboxView& view,
                                    ViewRange range) {
  std::vector<SearchFacts> facts(range.end - range.begin);
  for_each_row(account, mailbox, view, range,
               "SELECT uid, size, header_size, internal_date, zone_minutes, content, save_date"
               " FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid",
               [&](std::size_t at, const Statement& row) {
                 facts[at] = {true,           row.integer(1), row.integer(2), row.integer(3),
                              row.integer(4), row.integer(5), row.integer(6)};
               });
  return facts;
}

std::vector<std::int64_t> read_sent_dates(Account& account, MailboxId mailbox,
                                          const MailboxView& view, ViewRange range) {
  return read_of_content(account, mailbox, view, range, "sent_at");
}

std::vector<std::int64_t> read_threads(Account& account, MailboxId mailbox, const MailboxView& view,
                                       ViewRange range) {
  return read_of_content(account, mailbox, view, range, "thread");
}

}  // namespace mailstore
