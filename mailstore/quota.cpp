#include "mailstore/quota.hpp"

#include "mail/flags.hpp"
#include "mailstore/account.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/state_blocks.hpp"

namespace mailstore {

namespace {

bool fits(std::uint64_t limit, std::uint64_t used, std::uint64_t more) {
  return limit == 0 || more == 0 || (used <= limit && more <= limit - used);
}

}  // namespace

Limits effective(const OwnLimits& own, const Limits& otherwise) {
  return {.storage = own.storage.value_or(otherwise.storage),
          .messages = own.messages.value_or(otherwise.messages),
          .mailboxes = own.mailboxes.value_or(otherwise.mailboxes)};
}

Usage usage(Account& account) {
  Statement row = account.database().query(
      "SELECT coalesce(sum(size), 0), coalesce(sum(messages), 0), count(*) FROM mailbox "
      "WHERE selectable");
  row.step();
  return {.storage = static_cast<std::uint64_t>(row.integer(0)),
          .messages = static_cast<std::uint64_t>(row.integer(1)),
          .mailboxes = static_cast<std::uint64_t>(row.integer(2))};
}

bool has_room(const Limits& limits, const Usage& used, std::uint64_t more_storage,
              std::uint64_t more_messages) {
  return fits(limits.storage, used.storage, more_storage) &&
         fits(limits.messages, used.messages, more_messages);
}

bool can_never_fit(const Limits& limits, std::uint64_t storage) {
  return limits.storage != 0 && storage > limits.storage;
}

std::uint64_t deleted_storage(Account& account, std::int64_t mailbox) {
  Database& database = account.database();
  if (database.integer("SELECT deleted FROM mailbox WHERE id = ?", mailbox).value_or(0) == 0)
    return 0;
  std::uint64_t octets = 0;
  StateReader states(database, mailbox);
  for (Statement row =
           database.query("SELECT uid, size FROM message WHERE mailbox = ? ORDER BY uid", mailbox);
       row.step();) {
    const MessageState* state = states.find(static_cast<Uid>(row.integer(0)));
    if (state && (state->flags & mail::kDeleted) != 0)
      octets += static_cast<std::uint64_t>(row.integer(1));
  }
  return octets;
}

}  // namespace mailstore
