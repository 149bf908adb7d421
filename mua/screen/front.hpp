// What the full screen and the line mode have in common: all that is around a client but its
// screen, from the settings on, and what it is told between keys.
#pragma once

#include <functional>
#include <string>

#include "mua/common_options.hpp"
#include "mua/options.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/desks.hpp"
#include "mua/screen/signals.hpp"
#include "mua/screen/worker.hpp"
#include "mua/settings.hpp"

namespace mua::screen {

/// The keys of `profile`, else the settings' profile, and a person's own.
Keymap keymap_of(const Settings& settings, const std::string& profile);

/// Themes, saved searches, the time to take a mail back, the editor.
void furnish(World& world, const Settings& settings);

/// How the settings want lists to begin: flat, by threads, folded.
void arrange(Client& client, const Settings& settings);

/// Of that name, else the settings' own; throws Failure (usage) when there is none.
const Theme& theme_of(const Settings& settings, const std::string& wanted);

/// What is there before a screen takes the terminal, on which passwords may be asked for.
struct Ground {
  /// Throws Failure when there is no account to show.
  explicit Ground(const CommonOptions& common)
      : settings(settings_to_show(common)), desks(settings) {}

  Settings settings;
  Signals signals;  // before the engines' threads, which are to get none
  Desks desks;
};

/// A client at work, until it is taken down. `ground` and `screen` outlive it.
class Front {
 public:
  using Run = std::function<int(const ShellCommand&)>;
  Front(Ground& ground, Screen& screen, const ScreenOptions& options, Run run);

  Client& client() { return client_; }
  /// Until there is something to do; what poll(2) says of `input`.
  short wait(int input);
  /// Tells the client what the engines and the work aside have come to.
  void hear();

 private:
  World world(Screen& screen, const ScreenOptions& options, Run run);

  Ground& ground_;
  Worker worker_;
  Notifier notifier_;
  Client client_;
};

}  // namespace mua::screen
