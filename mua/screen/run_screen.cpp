#include "mua/screen/run_screen.hpp"

#include <poll.h>

#include <csignal>

#include "mua/screen/curses_screen.hpp"
#include "mua/screen/front.hpp"
#include "mua/screen/run_plain.hpp"

namespace mua::screen {

namespace {

class Loop {
 public:
  Loop(Front& front, CursesScreen& screen, Signals& signals)
      : front_(front), client_(front.client()), screen_(screen), signals_(signals) {}

  void run() {
    while (!client_.ended() && !gone_) {
      client_.paint();
      if (front_.wait(screen_.file()) & (POLLHUP | POLLERR | POLLNVAL)) gone_ = true;
      while (const int signal = signals_.next()) obey(signal);
      while (!gone_ && !client_.ended()) {
        const auto event = screen_.next_event();
        if (!event) break;
        client_.handle(*event);
      }
      front_.hear();
    }
    client_.save_all();
  }

 private:
  void obey(int signal) {
    if (signal == SIGWINCH)
      screen_.measure();
    else if (signal == SIGTSTP)
      stop();
    else if (signal == SIGCONT)
      screen_.enter();
    else
      gone_ = true;  // the terminal was closed, or somebody ends us: what is written is kept
    client_.handle(Resized{});
  }

  void stop() {
    screen_.leave();
    stop_process();
    screen_.enter();
  }

  Front& front_;
  Client& client_;
  CursesScreen& screen_;
  Signals& signals_;
  bool gone_ = false;
};

}  // namespace

ExitCode run_screen(const CommonOptions& common, const ScreenOptions& options) {
  if (options.plain) return run_plain(common, options);
  Ground ground(common);
  CursesScreen screen;
  screen.set_theme(theme_of(ground.settings, options.theme));
  if (!ground.settings.screen.mouse) screen.leave_mouse();
  Front front(ground, screen, options, [&screen](const ShellCommand& command) {
    screen.leave();
    const int status = run_shell(command);
    screen.enter();
    return status;
  });
  Loop(front, screen, ground.signals).run();
  screen.leave();
  return ExitCode::kOk;
}

}  // namespace mua::screen
