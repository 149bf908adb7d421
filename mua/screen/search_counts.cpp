#include "mua/screen/search_counts.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "mua/query.hpp"
#include "mua/screen/client.hpp"
#include "mua/sync/local_search.hpp"

namespace mua::screen {

namespace {

constexpr std::int64_t kBetween = 2'000;
constexpr std::size_t kMost = 999;

/// A folder of a store, or all of it.
struct Searched {
  std::filesystem::path store;
  std::optional<sync::FolderId> folder;
};

struct Sought {
  std::string name;
  mail::SearchKey key;
  std::vector<Searched> places;
};

std::vector<Searched> places_of(Client& client, const SavedSearch& search) {
  std::vector<Searched> out;
  if (search.folder.empty()) {
    for (const Desk& desk : client.desks) out.push_back({desk.store.get().file(), std::nullopt});
    return out;
  }
  const auto found = std::find_if(client.folders.begin(), client.folders.end(),
                                  [&](const auto& one) { return one.name == search.folder; });
  if (found == client.folders.end()) return out;
  if (found->id != sync::kAllInboxes)
    return {{client.store_of(found->id).file(), std::optional(found->id)}};
  for (const sync::ListSource& inbox : client.list.accounts())
    out.push_back({inbox.store.get().file(), inbox.folder});
  return out;
}

/// What fits and was not read yet.
std::optional<mail::SearchKey> unread_of(const SavedSearch& search) {
  auto wanted = parse_query(search.query);
  auto unread = parse_query("is:unread");
  if (!wanted || !unread) return std::nullopt;
  mail::SearchKey both;
  both.kind = mail::SearchKey::Kind::kAnd;
  both.children = {std::move(*wanted), std::move(*unread)};
  return both;
}

std::size_t count(const Sought& sought) {
  std::size_t unread = 0;
  for (const Searched& place : sought.places) {
    sync::LocalStore store(place.store);
    unread += sync::LocalSearch(store).find(place.folder, sought.key, kMost + 1).messages.size();
  }
  return unread;
}

std::map<std::string, std::size_t> count_all(const std::vector<Sought>& all) {
  std::map<std::string, std::size_t> out;
  for (const Sought& sought : all) {
    try {
      out[sought.name] = count(sought);
    } catch (const std::exception&) {
      // It stays without a number until it is counted again.
    }
  }
  return out;
}

}  // namespace

void SearchCounts::tick(Client& client) {
  const auto& searches = client.world.saved_searches;
  const std::int64_t now_ms = client.world.now_ms();
  if (!stale_ || counting_ || searches.empty() || now_ms - counted_at_ < kBetween) return;
  std::vector<Sought> all;
  for (const SavedSearch& search : searches) {
    if (auto key = unread_of(search)) {
      all.push_back({search.name, std::move(*key), places_of(client, search)});
    }
  }
  stale_ = false;
  counting_ = true;
  client.world.aside.run([all = std::move(all)]() -> Aside::After {
    return [unread = count_all(all)](Client& c) {
      c.search_counts.unread_ = unread;
      c.search_counts.counting_ = false;
      c.search_counts.counted_at_ = c.world.now_ms();
    };
  });
}

std::int64_t SearchCounts::wait_ms(std::int64_t now_ms, std::int64_t most) const {
  if (!stale_ || counting_) return most;
  return std::clamp<std::int64_t>(counted_at_ + kBetween - now_ms, 0, most);
}

std::string SearchCounts::text(const std::string& name) const {
  const auto found = unread_.find(name);
  if (found == unread_.end() || found->second == 0) return "";
  return found->second > kMost ? std::to_string(kMost) + "+" : std::to_string(found->second);
}

}  // namespace mua::screen
