#include "imapd/news.hpp"

#include <map>

#include "imapd/listing.hpp"

namespace imapd {

asio::awaitable<Listing> look_around(Session& session, const NotifyRules& rules) {
  auto listing = co_await read_listing(session, Reach::kNone);
  if (!rules.may_concern_other_users(listing.lost)) co_return listing;
  co_return co_await read_listing(session, Reach::kMailboxes);
}

asio::awaitable<Statuses> read_statuses(Session& session, std::vector<MailboxKey> keys) {
  std::map<mailstore::AccountId, std::vector<MailboxKey>> by_account;
  for (const auto& key : keys) by_account[key.account].push_back(key);
  Statuses statuses;
  for (const auto& [account, wanted] : by_account) {
    auto read = [&wanted = wanted, &statuses](mailstore::Account& store) {
      for (const auto& key : wanted) {
        auto status = mailstore::mailbox_status(store, key.mailbox);
        if (status) statuses.emplace_back(key, *status);
      }
    };
    co_await session.in_account(account, read);
  }
  co_return statuses;
}

asio::awaitable<void> tell_metadata(Session& session, Notifier& notifier) {
  for (auto [account, since] : notifier.metadata_to_read()) {
    auto read = [user = session.account().id, since](mailstore::Account& store) {
      return mailstore::metadata_changes_since(store, user, since);
    };
    auto changes = co_await session.in_account(account, std::move(read));
    notifier.take_metadata(account, changes, session.enabled(), session.out());
  }
}

// A change of annotations rings as one of the list does.
asio::awaitable<void> tell_others(Session& session, Notifier& notifier,
                                  std::vector<mailstore::Change> changes) {
  if (notifier.needs_listing(changes)) {
    auto listing = co_await look_around(session, notifier.rules());
    notifier.take_listing(std::move(listing), session.enabled(), session.out());
    session.rewatch();
    co_await tell_metadata(session, notifier);
  }
  auto keys = notifier.to_read(changes);
  auto statuses = co_await read_statuses(session, std::move(keys));
  for (const auto& [key, status] : statuses) {
    notifier.take_status(key, status, session.enabled(), session.out());
  }
}

}  // namespace imapd
