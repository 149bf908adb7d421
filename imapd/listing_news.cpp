#include "imapd/listing_news.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace imapd {

namespace {

using Names = std::set<std::string>;
using ById = std::map<MailboxKey, const Visible*>;
using ByName = std::map<std::string, const Visible*>;

ById by_id(const Listing& listing) {
  ById mailboxes;
  for (const auto& each : listing.mailboxes) mailboxes.emplace(each.key(), &each);
  return mailboxes;
}

ByName by_name(const Listing& listing) {
  ByName mailboxes;
  for (const auto& each : listing.mailboxes) mailboxes.emplace(each.info.name, &each);
  return mailboxes;
}

Names subscribed(const Listing& listing) {
  Names names(listing.lost.begin(), listing.lost.end());
  for (const auto& each : listing.mailboxes) {
    if (each.info.subscribed) names.insert(each.info.name);
  }
  return names;
}

// Of what was created or deleted, the parent is affected too (RFC 5465 §5.4).
void add_affected(Names& names, const std::string& name) {
  names.insert(name);
  auto slash = name.rfind('/');
  if (slash != std::string::npos) names.insert(name.substr(0, slash));
}

// The mailboxes that are in one listing alone.
Names affected(const ById& before, const ById& after) {
  Names names;
  for (const auto& [key, mailbox] : after) {
    if (!before.contains(key)) add_affected(names, mailbox->info.name);
  }
  for (const auto& [key, mailbox] : before) {
    if (!after.contains(key)) add_affected(names, mailbox->info.name);
  }
  return names;
}

// New name → old name, without children that only moved along with their parent.
std::map<std::string, std::string> renamed(const ById& before, const ById& after) {
  std::map<std::string, std::string> old_to_new;
  for (const auto& [key, mailbox] : after) {
    auto known = before.find(key);
    if (known == before.end() || known->second->info.name == mailbox->info.name) continue;
    old_to_new.emplace(known->second->info.name, mailbox->info.name);
  }
  std::map<std::string, std::string> result;
  for (const auto& [from, to] : old_to_new) {
    bool moved_along = false;
    for (auto slash = from.rfind('/'); slash != std::string::npos && slash > 0;
         slash = from.rfind('/', slash - 1)) {
      auto parent = old_to_new.find(from.substr(0, slash));
      moved_along |= parent != old_to_new.end() && parent->second + from.substr(slash) == to;
    }
    if (!moved_along) result.emplace(to, from);
  }
  return result;
}

Names changed_subscriptions(const Listing& before, const Listing& after) {
  auto then = subscribed(before);
  auto now = subscribed(after);
  Names changed;
  std::set_symmetric_difference(then.begin(), then.end(), now.begin(), now.end(),
                                std::inserter(changed, changed.end()));
  return changed;
}

// A level above others' mailboxes is there without being a mailbox.
bool is_level(const Listing& listing, const std::string& name) {
  return std::binary_search(listing.levels.begin(), listing.levels.end(), name);
}

// A name that is gone keeps what it was, so that the groups that covered it still do.
NameNews describe(const std::string& name, const ByName& before, const ByName& after) {
  NameNews news;
  news.mailbox.info.name = name;
  news.mailbox.info.selectable = false;
  auto now = after.find(name);
  auto then = before.find(name);
  news.exists = now != after.end();
  if (news.exists)
    news.mailbox = *now->second;
  else if (then != before.end())
    news.mailbox = *then->second;
  return news;
}

}  // namespace

std::vector<NameNews> compare(const Listing& before, const Listing& after) {
  auto was = by_id(before);
  auto is = by_id(after);
  auto names = affected(was, is);
  auto renames = renamed(was, is);
  auto subscriptions = changed_subscriptions(before, after);
  Names all = names;
  all.insert(subscriptions.begin(), subscriptions.end());
  for (const auto& [to, from] : renames) all.insert(to);
  auto named_before = by_name(before);
  auto named_now = by_name(after);
  auto subscribed_now = subscribed(after);
  std::vector<NameNews> news;
  for (const auto& name : all) {
    auto each = describe(name, named_before, named_now);
    each.mailbox.info.subscribed = subscribed_now.contains(name);
    if (!each.exists && is_level(after, name)) each.exists = each.mailbox.info.has_children = true;
    auto rename = renames.find(name);
    if (rename != renames.end()) each.old_name = rename->second;
    each.name = names.contains(name) || rename != renames.end();
    each.subscription = subscriptions.contains(name);
    news.push_back(std::move(each));
  }
  return news;
}

}  // namespace imapd
