#include "mailstore/view_cache.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mailstore {

std::list<ViewCache::Entry>::iterator ViewCache::entry_of(AccountId account, MailboxId mailbox) {
  return std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.account == account && entry.mailbox == mailbox;
  });
}

std::optional<ViewCache::View> ViewCache::find(AccountId account, MailboxId mailbox) {
  std::lock_guard lock(mutex_);
  const auto found = entry_of(account, mailbox);
  if (found == entries_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found);
  return found->view;
}

void ViewCache::keep(AccountId account, MailboxId mailbox, View view) {
  std::list<Entry> dropped;  // freed without the lock
  std::lock_guard lock(mutex_);
  const auto found = entry_of(account, mailbox);
  // Another process's commit may have been seen by another thread first.
  if (found != entries_.end() && found->view.mod_seq > view.mod_seq) return;
  std::shared_ptr<const ContentPlaces> places;
  if (found != entries_.end()) {
    places = std::move(found->places);
    messages_ -= found->view.messages.size();
    dropped.splice(dropped.begin(), entries_, found);
  }
  messages_ += view.messages.size();
  entries_.push_front({account, mailbox, std::move(view), std::move(places)});
  while (messages_ > most_messages_ && entries_.size() > 1) {
    messages_ -= entries_.back().view.messages.size();
    dropped.splice(dropped.begin(), entries_, std::prev(entries_.end()));
  }
}

std::shared_ptr<const ContentPlaces> ViewCache::places(AccountId account, MailboxId mailbox) {
  std::lock_guard lock(mutex_);
  const auto found = entry_of(account, mailbox);
  return found == entries_.end() ? nullptr : found->places;
}

void ViewCache::keep_places(AccountId account, MailboxId mailbox,
                            std::shared_ptr<const ContentPlaces> places) {
  std::lock_guard lock(mutex_);
  const auto found = entry_of(account, mailbox);
  if (found != entries_.end()) found->places = std::move(places);
}

}  // namespace mailstore
