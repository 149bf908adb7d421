#include "mua/screen/run_screen.hpp"

#include <poll.h>

#include <csignal>
#include <utility>
#include <vector>

#include "mua/screen/background.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/curses_screen.hpp"
#include "mua/screen/desks.hpp"
#include "mua/screen/front.hpp"
#include "mua/screen/run_plain.hpp"
#include "mua/screen/signals.hpp"
#include "mua/screen/worker.hpp"

namespace mua::screen {

namespace {

class Loop {
 public:
  Loop(Client& client, CursesScreen& screen, Desks& desks, Signals& signals, Worker& worker)
      : client_(client), screen_(screen), desks_(desks), signals_(signals), worker_(worker) {}

  void run() {
    while (!client_.ended() && !gone_) {
      client_.paint();
      wait();
      while (const int signal = signals_.next()) obey(signal);
      while (!gone_ && !client_.ended()) {
        const auto event = screen_.next_event();
        if (!event) break;
        client_.handle(*event);
      }
      desks_.tell(client_);
      for (const Aside::After& after : worker_.take()) after(client_);
      client_.tick();
    }
    client_.save_all();
  }

 private:
  void wait() {
    std::vector<pollfd> files{
        {screen_.file(), POLLIN, 0}, {signals_.file(), POLLIN, 0}, {worker_.file(), POLLIN, 0}};
    for (const int file : desks_.files()) files.push_back({file, POLLIN, 0});
    poll(files.data(), files.size(), client_.wait_ms());
    if (files[0].revents & (POLLHUP | POLLERR | POLLNVAL)) gone_ = true;
  }

  void obey(int signal) {
    if (signal == SIGWINCH)
      screen_.measure();
    else if (signal == SIGCONT)
      screen_.enter();
    else
      gone_ = true;  // the terminal was closed, or somebody ends us: what is written is kept
    client_.handle(Resized{});
  }

  Client& client_;
  CursesScreen& screen_;
  Desks& desks_;
  Signals& signals_;
  Worker& worker_;
  bool gone_ = false;
};

}  // namespace

ExitCode run_screen(const CommonOptions& common, const ScreenOptions& options) {
  if (options.plain) return run_plain(common, options);
  const Settings settings = settings_to_show(common);
  Signals signals;
  Desks desks(settings);
  const std::vector<Desk> all = desks.all();
  CursesScreen screen;
  const auto run = [&screen](const ShellCommand& command) {
    screen.leave();
    const int status = run_shell(command);
    screen.enter();
    return status;
  };
  Worker worker;
  World world{all.front().store,
              desks.wire(),
              screen,
              worker,
              all.front().writer,
              keymap_of(settings, options.keys),
              now_ms,
              run};
  world.desks = all;
  const Notifier notifier(settings.notify, screen, run_in_background, has_desktop());
  furnish(world, settings);
  world.notify = [&notifier](const Arrival& arrival) { notifier.tell(arrival); };
  screen.set_theme(theme_of(settings, options.theme));
  if (!settings.screen.mouse) screen.leave_mouse();
  Client client(std::move(world));
  arrange(client, settings);
  client.greet();
  if (!desks.trouble().empty()) client.alert(desks.trouble());
  if (!options.address.empty()) client.command("compose " + options.address);
  Loop(client, screen, desks, signals, worker).run();
  screen.leave();
  return ExitCode::kOk;
}

}  // namespace mua::screen
