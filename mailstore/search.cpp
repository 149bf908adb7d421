#include "mailstore/search.hpp"

#include <chrono>
#include <numeric>

#include "mailstore/mailbox_row.hpp"
#include "mailstore/search_evaluation.hpp"

namespace mailstore {

Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return search(account, mailbox, view, key,
                std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

Result<std::vector<Uid>, Failure> search(Account& account, MailboxId mailbox,
                                         const MailboxView& view, const mail::SearchKey& key,
                                         std::int64_t now) {
  Transaction snapshot(account.database(), Transaction::Kind::kRead);
  if (!load_mailbox(account.database(), mailbox)) return unexpected(Failure::kNoSuchMailbox);
  SearchEvaluation::Selection all(view.messages.size());
  std::iota(all.begin(), all.end(), 0u);
  std::vector<Uid> uids;
  for (std::uint32_t index : SearchEvaluation(account, mailbox, view, now).matching(key, all))
    uids.push_back(view.messages[index].uid);
  return uids;
}

}  // namespace mailstore
