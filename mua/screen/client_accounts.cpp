// Several accounts on one screen: whose an id is, which account is in hand, and all their folders.
#include <algorithm>

#include "mua/screen/client.hpp"
#include "mua/sync/folders.hpp"

namespace mua::screen {

namespace {

std::optional<sync::Folder> inbox_of(const Desk& desk) {
  return sync::Folders(desk.store).find(sync::SpecialUse::kInbox);
}

/// What all inboxes together have; as old as the one that was looked at longest ago.
sync::Folder sum_of(const std::vector<sync::Folder>& inboxes) {
  sync::Folder all;
  all.id = sync::kAllInboxes;
  all.name = "All inboxes";
  all.use = sync::SpecialUse::kInbox;
  all.synced_at = inboxes.empty() ? 0 : inboxes.front().synced_at;
  for (const sync::Folder& inbox : inboxes) {
    all.total += inbox.total;
    all.unread += inbox.unread;
    all.cached += inbox.cached;
    all.synced_at = std::min(all.synced_at, inbox.synced_at);
  }
  return all;
}

sync::Folder heading_of(const Desk& desk) {
  sync::Folder heading;
  heading.name = desk.writer.account.address;
  heading.selectable = false;
  return heading;
}

}  // namespace

void Client::settle_desks() {
  if (desks.empty()) desks.push_back({world.store, world.writer});
  if (!joined()) return;
  std::vector<sync::ListSource> inboxes;
  for (const Desk& desk : desks) {
    if (const auto inbox = inbox_of(desk)) inboxes.push_back({desk.store, inbox->id});
  }
  list.set_accounts(std::move(inboxes));
}

Desk& Client::desk_of(std::int64_t id) {
  const auto found = std::find_if(desks.begin(), desks.end(), [id](const Desk& desk) {
    return desk.store.get().number() == sync::store_number(id);
  });
  return found == desks.end() ? desks.front() : *found;
}

void Client::take(const Desk& desk) {
  if (!joined()) return;
  world.store = desk.store;
  world.writer = desk.writer;
}

void Client::take_in_hand(std::int64_t id) { take(desk_of(id)); }

sync::LocalStore& Client::store_of(std::int64_t id) { return desk_of(id).store; }

const sync::LinkChanged& Client::link() const {
  const auto found = std::find_if(desks.begin(), desks.end(), [this](const Desk& desk) {
    return &desk.store.get() == &world.store.get();
  });
  return found == desks.end() ? desks.front().link : found->link;
}

std::vector<Client::Share> Client::by_account(const std::vector<sync::MessageId>& messages) {
  std::vector<Share> shares;
  for (const sync::MessageId message : messages) {
    sync::LocalStore& store = store_of(message);
    const auto known = std::find_if(shares.begin(), shares.end(),
                                    [&](const Share& share) { return &share.store == &store; });
    if (known == shares.end())
      shares.push_back({store, {message}});
    else
      known->messages.push_back(message);
  }
  return shares;
}

/// Of several accounts: all inboxes first, then each account's below its address.
std::vector<sync::Folder> Client::all_folders() {
  if (!joined()) return sync::Folders(world.store).all();
  std::vector<sync::Folder> inboxes, all;
  for (const Desk& desk : desks) {
    if (auto inbox = inbox_of(desk)) inboxes.push_back(std::move(*inbox));
    all.push_back(heading_of(desk));
    for (sync::Folder& folder : sync::Folders(desk.store).all()) all.push_back(std::move(folder));
  }
  all.insert(all.begin(), sum_of(inboxes));
  return all;
}

}  // namespace mua::screen
