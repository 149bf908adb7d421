#include "mailstore/store.hpp"

#include <fmt/format.h>

#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "mailstore/domain_file.hpp"
#include "mailstore/files.hpp"
#include "mailstore/view_cache.hpp"

namespace mailstore {

namespace {

/// Makes the folder before the members that live in it.
const std::filesystem::path& made_whole(const std::filesystem::path& folder) {
  make_folder(folder);
  return folder;
}

Limits limits_of(const conf::QuotaSettings& quota) {
  return {.storage = quota.storage, .messages = quota.messages, .mailboxes = quota.mailboxes};
}

}  // namespace

struct Store::Impl {
  using Entry = std::pair<AccountId, std::shared_ptr<Account>>;

  std::filesystem::path data;
  conf::StoreSettings settings;
  Limits limits;  ///< of accounts without their own
  Directory directory;
  ChangeFeed feed;
  std::mutex mutex;
  std::list<Entry> open;  ///< most recently used first
  std::unordered_map<AccountId, std::list<Entry>::iterator> index;
  std::unordered_set<AccountId> swept;
  std::shared_ptr<ViewCache> views = std::make_shared<ViewCache>();

  Impl(const conf::Settings& all, ChangeFeed::Mode mode)
      : data(made_whole(all.data)),
        settings(all.store),
        limits(limits_of(all.quota)),
        directory(domain_file(data)),
        feed(made_whole(data / "run" / "feed"), mode) {
    make_folder(data / "accounts");
    make_folder(data / "staging");
  }

  std::filesystem::path folder(AccountId id) const {
    return data / "accounts" / std::to_string(id);
  }

  std::shared_ptr<Account> cached(AccountId id) {
    std::lock_guard lock(mutex);
    const auto found = index.find(id);
    if (found == index.end()) return nullptr;
    open.splice(open.begin(), open, found->second);
    return found->second->second;
  }

  std::shared_ptr<Account> open_account(AccountId id);
  std::shared_ptr<Account> keep(AccountId id, std::shared_ptr<Account> account);
};

std::shared_ptr<Account> Store::Impl::open_account(AccountId id) {
  if (!directory.find_account(id))
    throw StoreError(
        fmt::format("there is no account {} in {}", id, (data / "domain.db").string()));
  const bool had_folder = directory.has_folder(id);
  if (had_folder && !std::filesystem::exists(folder(id)))
    throw StoreError(fmt::format(
        "{} is missing; restore it from a backup, or remove the account and add it again to begin "
        "with an empty one",
        folder(id).string()));
  auto account = std::make_shared<Account>(id, folder(id), settings.inline_limit, &feed);
  account->share_views(views);
  if (!had_folder) directory.remember_folder(id);
  std::unique_lock lock(mutex);
  const bool first = swept.insert(id).second;
  lock.unlock();
  if (first) sweep_orphans(*account);
  return account;
}

/// The one that is kept: another thread may have been quicker. What falls out of the cache is
/// closed without the lock, because closing may write.
std::shared_ptr<Account> Store::Impl::keep(AccountId id, std::shared_ptr<Account> account) {
  std::list<Entry> dropped;
  std::unique_lock lock(mutex);
  if (const auto found = index.find(id); found != index.end()) return found->second->second;
  open.emplace_front(id, account);
  index[id] = open.begin();
  while (open.size() > std::max<std::size_t>(settings.open_accounts, 1)) {
    index.erase(open.back().first);
    dropped.splice(dropped.begin(), open, std::prev(open.end()));
  }
  lock.unlock();
  return account;
}

Store::Store(const conf::Settings& settings, ChangeFeed::Mode feed)
    : impl_(std::make_unique<Impl>(settings, feed)) {
  sweep_staging(impl_->data / "staging");
  sweep_unfinished_accounts(impl_->data / "accounts");
}

Store::~Store() = default;

Directory& Store::directory() { return impl_->directory; }
ChangeFeed& Store::feed() { return impl_->feed; }

std::shared_ptr<Account> Store::account(AccountId id) {
  if (auto account = impl_->cached(id)) return account;
  return impl_->keep(id, impl_->open_account(id));
}

std::unique_ptr<Account> Store::separate_account(AccountId id) {
  account(id);  // looks whether it is there, and for what a crash left
  return std::make_unique<Account>(id, impl_->folder(id), impl_->settings.inline_limit,
                                   &impl_->feed);
}

std::filesystem::path Store::account_folder(AccountId id) const { return impl_->folder(id); }

Limits Store::limits(AccountId id) const {
  const auto account = impl_->directory.find_account(id);
  return limits(account ? account->limits : OwnLimits{});
}

Limits Store::limits(const OwnLimits& own) const {
  std::lock_guard lock(impl_->mutex);
  return effective(own, impl_->limits);
}

void Store::set_quota(const conf::QuotaSettings& quota) {
  std::lock_guard lock(impl_->mutex);
  impl_->limits = limits_of(quota);
}

Staging Store::stage() const {
  return Staging(impl_->data / "staging", impl_->settings.inline_limit);
}

}  // namespace mailstore
