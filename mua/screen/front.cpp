#include "mua/screen/front.hpp"

#include <chrono>
#include <cstdlib>

#include "mua/exit_code.hpp"

namespace mua::screen {

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Keymap keymap_of(const Settings& settings, const std::string& profile) {
  const std::string& name = profile.empty() ? settings.screen.keys : profile;
  return {parse_profile(name).value_or(Profile::kMutt), settings.keys};
}

void furnish(World& world, const Settings& settings) {
  const std::filesystem::path file = settings.file;
  world.themes = settings.themes;
  world.saved_searches = settings.saved_searches;
  world.undo = settings.screen.undo;
  // Whatever opens an editor finds it there.
  if (!settings.screen.editor.empty()) setenv("VISUAL", settings.screen.editor.c_str(), 1);
  world.keep_search = [file](const SavedSearch& search) {
    replace_settings(file, with_saved_search(settings_text(file), search));
  };
  world.forget_search = [file](const std::string& name) {
    replace_settings(file, without_saved_search(settings_text(file), name));
  };
}

void arrange(Client& client, const Settings& settings) {
  using Threads = ScreenSettings::Threads;
  if (settings.screen.threads == Threads::kFlat) return;
  const sync::FolderId begun = client.list.folder();
  client.list.set_order(sync::Order::kThreads);
  if (settings.screen.threads != Threads::kCollapsed) return;
  if (client.list.fold_all(MailList::Fold::kClose)) return;
  // All inboxes together are a flat list; what is opened after them is not.
  for (const sync::Folder& folder : client.folders) {
    if (folder.id <= 0 || !folder.selectable) continue;
    client.list.show(folder.id);
    client.list.fold_all(MailList::Fold::kClose);
    break;
  }
  client.list.show(begun);
}

const Theme& theme_of(const Settings& settings, const std::string& wanted) {
  const std::string& name = wanted.empty() ? settings.screen.theme : wanted;
  if (const Theme* theme = find_theme(settings.themes, name)) return *theme;
  std::string known;
  for (const Theme& theme : settings.themes) known += " " + theme.name;
  throw Failure(ExitCode::kUsage, "there is no theme " + name, "Known are:" + known + ".");
}

}  // namespace mua::screen
