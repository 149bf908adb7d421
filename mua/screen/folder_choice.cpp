#include "mua/screen/folder_choice.hpp"

#include <fmt/format.h>

#include <utility>

#include "mua/screen/fuzzy.hpp"

namespace mua::screen {

namespace {

sync::FolderId best_fit(const Client& client, const std::string& name) {
  sync::FolderId found = 0;
  int best = 0;
  for (const sync::Folder& folder : client.folders) {
    if (folder.name == name) return folder.id;
    const auto score = fuzzy_score(name, folder.name);
    if (!folder.selectable || !score || (found != 0 && *score <= best)) continue;
    found = folder.id;
    best = *score;
  }
  return found;
}

}  // namespace

void choose_folder(Client& client, const std::string& title, const std::string& name,
                   std::function<void(Client&, sync::FolderId)> then) {
  if (!name.empty()) {
    const sync::FolderId found = best_fit(client, name);
    return found == 0 ? client.alert("no folder fits \"" + name + "\"") : then(client, found);
  }
  std::vector<Choice> choices;
  for (const sync::Folder& folder : client.folders) {
    if (!folder.selectable) continue;
    const std::string note = folder.unread > 0 ? fmt::format("{} unread", folder.unread) : "";
    choices.push_back({folder.name, note, std::to_string(folder.id)});
  }
  client.choose(Picker(title, std::move(choices)),
                [then = std::move(then)](Client& c, const Picker& picker) {
                  if (const Choice* chosen = picker.chosen()) then(c, std::stoll(chosen->value));
                });
}

}  // namespace mua::screen
