#include "mailstore/skipped.hpp"

#include "mailstore/sqlite.hpp"

namespace mailstore {

std::vector<mail::NumberRange> skipped_since(Account& account, MailboxId mailbox, ModSeq since) {
  std::vector<mail::NumberRange> ranges;
  for (Statement row = account.database().query(
           "SELECT first_uid, last_uid FROM skipped WHERE mailbox = ? AND mod_seq > ? "
           "ORDER BY first_uid",
           mailbox, since);
       row.step();)
    ranges.push_back({static_cast<Uid>(row.integer(0)), static_cast<Uid>(row.integer(1))});
  return ranges;
}

}  // namespace mailstore
