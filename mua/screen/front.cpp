#include "mua/screen/front.hpp"

#include <chrono>

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
  world.keep_search = [file](const SavedSearch& search) {
    replace_settings(file, with_saved_search(settings_text(file), search));
  };
  world.forget_search = [file](const std::string& name) {
    replace_settings(file, without_saved_search(settings_text(file), name));
  };
}

const Theme& theme_of(const Settings& settings, const std::string& wanted) {
  const std::string& name = wanted.empty() ? settings.screen.theme : wanted;
  if (const Theme* theme = find_theme(settings.themes, name)) return *theme;
  std::string known;
  for (const Theme& theme : settings.themes) known += " " + theme.name;
  throw Failure(ExitCode::kUsage, "there is no theme " + name, "Known are:" + known + ".");
}

}  // namespace mua::screen
