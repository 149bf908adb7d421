#include "imapd/listing.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "conf/log.hpp"
#include "mailstore/acl.hpp"
#include "mailstore/mailbox_name.hpp"

namespace imapd {

namespace {

struct Own {
  Listing listing;
  std::vector<mailstore::AccountInfo> sharers;
};

Own read_own(mailstore::Account& account, const mailstore::Directory& directory, Reach others) {
  Own own;
  for (auto& info : mailstore::list_mailboxes(account)) {
    own.listing.mailboxes.push_back({.account = account.id(), .info = std::move(info)});
  }
  own.listing.lost = mailstore::lost_subscriptions(account);
  if (others != Reach::kNone) own.sharers = directory.sharers(account.id());
  return own;
}

/// Children that the user does not see are none to him.
void find_children(std::vector<Visible>& mailboxes) {
  std::set<std::string> names;
  for (const auto& each : mailboxes) names.insert(each.info.name);
  for (auto& each : mailboxes) {
    auto below = each.info.name + "/";
    auto next = names.lower_bound(below);
    each.info.has_children = next != names.end() && next->starts_with(below);
  }
}

/// One sharer's; none when his account can't be read, which is his trouble alone.
asio::awaitable<std::vector<Visible>> read_others(Session& session, mailstore::AccountInfo owner) {
  auto job = [&session, &owner, user = session.account().id](mailstore::Account& account) {
    auto visible = visible_to(account, owner, user);
    auto& directory = session.service().store().directory();
    if (visible.empty()) mailstore::tidy_shares(account, directory, user);
    return visible;
  };
  try {
    co_return co_await session.in_account(owner.id, job);
  } catch (const mailstore::StoreError& error) {
    conf::log(conf::Level::kWarning, "shared_mailboxes_unreadable",
              {{"account", owner.address}, {"reason", error.what()}});
  }
  co_return std::vector<Visible>();
}

/// A subscription to another's mailbox is kept by its name in the user's own account, which knows
/// of no such mailbox.
void find_subscriptions(std::vector<Visible>& others, std::vector<std::string>& lost) {
  for (auto& each : others) {
    auto found = std::find(lost.begin(), lost.end(), each.info.name);
    if (found == lost.end()) continue;
    each.info.subscribed = true;
    lost.erase(found);
  }
}

void add_others(Listing& listing, std::vector<Visible> others) {
  find_subscriptions(others, listing.lost);
  auto levels = levels_above(others);
  auto known = std::ssize(listing.levels);
  listing.levels.insert(listing.levels.end(), levels.begin(), levels.end());
  std::inplace_merge(listing.levels.begin(), listing.levels.begin() + known, listing.levels.end());
  auto last = std::unique(listing.levels.begin(), listing.levels.end());
  listing.levels.erase(last, listing.levels.end());
  std::move(others.begin(), others.end(), std::back_inserter(listing.mailboxes));
}

}  // namespace

std::vector<Visible> visible_to(mailstore::Account& account, const mailstore::AccountInfo& owner,
                                mailstore::AccountId user) {
  const auto rights = mailstore::rights_everywhere(account, user);
  std::vector<Visible> visible;
  if (rights.empty()) return visible;
  for (auto& info : mailstore::list_mailboxes(account)) {
    auto granted = rights.find(info.id);
    if (granted == rights.end() || !granted->second.has(mail::Right::kLookup)) continue;
    info.name = name_for_others(owner.address, info.name);
    info.subscribed = false;
    info.special_use.clear();  // the owner's \Sent is nobody else's
    visible.push_back({.account = account.id(),
                       .info = std::move(info),
                       .personal = false,
                       .readable = granted->second.has(mail::Right::kRead),
                       .rights = granted->second});
  }
  find_children(visible);
  return visible;
}

std::vector<std::string> levels_above(const std::vector<Visible>& mailboxes) {
  std::set<std::string> levels;
  for (const auto& each : mailboxes) {
    for (auto& parent : mailstore::parents_of(each.info.name)) levels.insert(std::move(parent));
  }
  for (const auto& each : mailboxes) levels.erase(each.info.name);
  return {levels.begin(), levels.end()};
}

asio::awaitable<Listing> read_listing(Session& session, Reach others) {
  auto job = [&session, others](mailstore::Account& account) {
    return read_own(account, session.service().store().directory(), others);
  };
  auto own = co_await session.in_store(job);
  auto listing = std::move(own.listing);
  for (const auto& owner : own.sharers) {
    if (others == Reach::kMailboxes) {
      auto visible = co_await read_others(session, owner);
      add_others(listing, std::move(visible));
    } else {
      if (listing.levels.empty()) listing.levels.emplace_back(kOtherUsers);
      listing.levels.push_back(name_for_others(owner.address));
    }
  }
  co_return listing;
}

}  // namespace imapd
