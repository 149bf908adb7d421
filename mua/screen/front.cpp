#include "mua/screen/front.hpp"

#include <poll.h>

#include <chrono>
#include <utility>
#include <vector>

#include "mua/exit_code.hpp"
#include "mua/screen/background.hpp"

namespace mua::screen {

namespace {

/// Milliseconds since 1970.
std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Keymap keymap_of(const Settings& settings, const std::string& profile) {
  const std::string& name = profile.empty() ? settings.screen.keys : profile;
  return {parse_profile(name).value_or(Profile::kMutt), settings.keys};
}

void furnish(World& world, const Settings& settings) {
  const std::filesystem::path file = settings.file;
  world.themes = settings.themes;
  world.saved_searches = settings.saved_searches;
  world.undo = settings.screen.undo;
  world.editor = settings.screen.editor;
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
  client.list.set_order(sync::Order::kThreads);
  if (settings.screen.threads == Threads::kCollapsed) client.list.fold_all(MailList::Fold::kClose);
}

const Theme& theme_of(const Settings& settings, const std::string& wanted) {
  const std::string& name = wanted.empty() ? settings.screen.theme : wanted;
  if (const Theme* theme = find_theme(settings.themes, name)) return *theme;
  std::string known;
  for (const Theme& theme : settings.themes) known += " " + theme.name;
  throw Failure(ExitCode::kUsage, "there is no theme " + name, "Known are:" + known + ".");
}

Front::Front(Ground& ground, Screen& screen, const ScreenOptions& options, Run run)
    : ground_(ground),
      notifier_(ground.settings.notify, screen, run_in_background, has_desktop()),
      client_(world(screen, options, std::move(run))) {
  arrange(client_, ground.settings);
  client_.greet();
  if (!ground.desks.trouble().empty()) client_.alert(ground.desks.trouble());
  if (!options.address.empty()) client_.command("compose " + options.address);
}

World Front::world(Screen& screen, const ScreenOptions& options, Run run) {
  const Settings& settings = ground_.settings;
  ground_.desks.start();
  std::vector<Desk> all = ground_.desks.all();
  World world{all.front().store,
              ground_.desks.wire(),
              screen,
              worker_,
              all.front().writer,
              keymap_of(settings, options.keys),
              now_ms,
              std::move(run)};
  world.desks = std::move(all);
  world.notify = [this](const Arrival& arrival) { notifier_.tell(arrival); };
  furnish(world, settings);
  return world;
}

short Front::wait(int input) {
  std::vector<pollfd> files{
      {input, POLLIN, 0}, {ground_.signals.file(), POLLIN, 0}, {worker_.file(), POLLIN, 0}};
  for (const int file : ground_.desks.files()) files.push_back({file, POLLIN, 0});
  poll(files.data(), files.size(), client_.wait_ms());
  return files.front().revents;
}

void Front::hear() {
  ground_.desks.tell(client_);
  for (const Aside::After& after : worker_.take()) after(client_);
  client_.tick();
}

}  // namespace mua::screen
