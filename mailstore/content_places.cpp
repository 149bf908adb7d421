#include "mailstore/content_places.hpp"

#include <algorithm>

#include "mailstore/sqlite.hpp"
#include "mailstore/view_cache.hpp"

namespace mailstore {

void ContentPlaces::add(std::int64_t content, Uid uid) {
  places_.push_back(
      {static_cast<std::uint32_t>(content >> 32), static_cast<std::uint32_t>(content), uid});
}

/// Contents mostly ascend as UIDs do: then this is one pass.
void ContentPlaces::finish(Uid up_to) {
  const auto added = places_.begin() + static_cast<std::ptrdiff_t>(sorted_);
  if (!std::is_sorted(added, places_.end(), before)) std::sort(added, places_.end(), before);
  std::inplace_merge(places_.begin(), added, places_.end(), before);
  sorted_ = places_.size();
  up_to_ = up_to;
}

std::vector<Uid> ContentPlaces::uids_of(const std::vector<std::int64_t>& contents,
                                        std::int64_t covered) const {
  const auto by_content = [](const Place& place, std::int64_t sought) {
    return place.content() < sought;
  };
  std::vector<Uid> uids;
  auto at = places_.begin();
  for (const std::int64_t content : contents) {
    if (content > covered) break;
    at = std::lower_bound(at, places_.end(), content, by_content);
    for (; at != places_.end() && at->content() == content; ++at) uids.push_back(at->uid);
  }
  at = std::lower_bound(places_.begin(), places_.end(), covered + 1, by_content);
  for (; at != places_.end(); ++at) uids.push_back(at->uid);
  std::sort(uids.begin(), uids.end());
  return uids;
}

std::shared_ptr<const ContentPlaces> content_places(Account& account, MailboxId mailbox) {
  auto known = account.views().places(account.id(), mailbox);
  Database& database = account.database();
  const auto last = static_cast<Uid>(
      database.integer("SELECT max(uid) FROM message WHERE mailbox = ?", mailbox).value_or(0));
  if (known && known->up_to() >= last) return known;
  auto places = known ? std::make_shared<ContentPlaces>(*known) : std::make_shared<ContentPlaces>();
  for (Statement row = database.query(
           "SELECT content, uid FROM message WHERE mailbox = ? AND uid > ? ORDER BY uid", mailbox,
           places->up_to());
       row.step();)
    places->add(row.integer(0), static_cast<Uid>(row.integer(1)));
  places->finish(last);
  account.views().keep_places(account.id(), mailbox, places);
  return places;
}

}  // namespace mailstore
