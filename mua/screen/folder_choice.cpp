#include "mua/screen/folder_choice.hpp"

#include <fmt/format.h>

#include <utility>

#include "mua/screen/fuzzy.hpp"

namespace mua::screen {

namespace {

/// Before the name of a saved search, where a folder has its number.
constexpr std::string_view kSearchMark = "search ";

bool in_hand(const Client& client, const sync::Folder& folder) {
  return sync::store_number(folder.id) == client.world.store.get().number();
}

/// The folders one can choose from.
std::vector<sync::Folder> offered(const Client& client, Whose whose) {
  std::vector<sync::Folder> out;
  for (const sync::Folder& folder : client.folders) {
    const bool ours = whose == Whose::kAll || in_hand(client, folder);
    if (folder.selectable && ours) out.push_back(folder);
  }
  return out;
}

/// "INBOX  bob@example.test": by letters of either.
std::string label_of(Client& client, const sync::Folder& folder, Whose whose) {
  if (!client.joined() || whose == Whose::kInHand || folder.id == sync::kAllInboxes)
    return folder.name;
  return folder.name + "  " + client.address_of(folder.id);
}

/// Of folders that fit alike that of the account in hand.
sync::FolderId best_fit(Client& client, const std::string& name, Whose whose) {
  constexpr int kWhole = 1'000'000;
  sync::FolderId found = 0;
  int best = 0;
  for (const sync::Folder& folder : offered(client, whose)) {
    const auto fits = fuzzy_score(name, label_of(client, folder, whose));
    if (!fits) continue;
    const int score = (folder.name == name ? kWhole : *fits) + (in_hand(client, folder) ? 200 : 0);
    if (found != 0 && score <= best) continue;
    found = folder.id;
    best = score;
  }
  return found;
}

std::vector<Choice> folder_choices(Client& client, Whose whose) {
  std::vector<Choice> choices;
  for (const sync::Folder& folder : offered(client, whose)) {
    const std::string note = folder.unread > 0 ? fmt::format("{} unread", folder.unread) : "";
    choices.push_back({label_of(client, folder, whose), note, std::to_string(folder.id)});
  }
  return choices;
}

void open_choice(Client& client, const std::string& value) {
  if (!value.starts_with(kSearchMark)) return client.open_folder(std::stoll(value));
  for (const SavedSearch& search : client.world.saved_searches) {
    if (search.name == value.substr(kSearchMark.size())) return client.open_saved(search);
  }
}

}  // namespace

void choose_place(Client& client, const std::string& name) {
  for (const SavedSearch& search : client.world.saved_searches) {
    if (!name.empty() && search.name == name) return client.open_saved(search);
  }
  if (!name.empty()) {
    return choose_folder(client, "", name, [](Client& c, sync::FolderId id) { c.open_folder(id); });
  }
  std::vector<Choice> choices = folder_choices(client, Whose::kAll);
  for (const SavedSearch& search : client.world.saved_searches) {
    const std::string unread = client.search_counts.text(search.name);
    choices.push_back({search.name,
                       (unread.empty() ? "" : unread + " unread, ") + "search: " + search.query,
                       std::string(kSearchMark) + search.name});
  }
  client.choose(Picker("Open folder", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) open_choice(c, chosen->value);
  });
}

void choose_folder(Client& client, const std::string& title, const std::string& name,
                   std::function<void(Client&, sync::FolderId)> then, Whose whose) {
  if (!name.empty()) {
    const sync::FolderId found = best_fit(client, name, whose);
    return found == 0 ? client.alert("no folder fits \"" + name + "\"") : then(client, found);
  }
  client.choose(Picker(title, folder_choices(client, whose)),
                [then = std::move(then)](Client& c, const Picker& picker) {
                  if (const Choice* chosen = picker.chosen()) then(c, std::stoll(chosen->value));
                });
}

}  // namespace mua::screen
