#include "mua/screen/run_screen.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>

#include "mua/password.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/curses_screen.hpp"
#include "mua/screen/live_wire.hpp"
#include "mua/screen/worker.hpp"
#include "mua/sync/local_store.hpp"

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Signals as something to read. Threads that are started while it lives don't get them.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int signal : {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGCONT}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    file_ = signalfd(-1, &set_, SFD_NONBLOCK | SFD_CLOEXEC);
  }
  ~Signals() {
    close(file_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int file() const { return file_; }
  /// 0: none.
  int next() const {
    signalfd_siginfo info{};
    return read(file_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }

 private:
  sigset_t set_{}, before_{};
  int file_ = -1;
};

class Loop {
 public:
  Loop(Client& client, CursesScreen& screen, sync::Events& events, Signals& signals, Worker& worker)
      : client_(client), screen_(screen), events_(events), signals_(signals), worker_(worker) {}

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
      for (const sync::Event& event : events_.take()) client_.hear(event);
      for (const Aside::After& after : worker_.take()) after(client_);
      client_.tick();
    }
    client_.save_all();
  }

 private:
  void wait() {
    std::array<pollfd, 4> files{{{screen_.file(), POLLIN, 0},
                                 {events_.fd(), POLLIN, 0},
                                 {signals_.file(), POLLIN, 0},
                                 {worker_.file(), POLLIN, 0}}};
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
  sync::Events& events_;
  Signals& signals_;
  Worker& worker_;
  bool gone_ = false;
};

/// The file the account stands in, beside which its signature may lie.
fs::path settings_of(const CommonOptions& common, const Account& account) {
  for (const SettingsFile& file : settings_files(common)) {
    if (!fs::exists(file.path)) continue;
    for (const Account& one : read_accounts(file.path, file.trust)) {
      if (one.address == account.address) return file.path;
    }
  }
  throw Failure(ExitCode::kNotFound, "the settings of " + account.address + " are gone");
}

std::string signature_beside(const fs::path& settings) {
  std::ostringstream text;
  std::ifstream in(settings.parent_path() / "signature", std::ios::binary);
  if (in) text << in.rdbuf();
  std::string out = std::move(text).str();
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

/// Asked for before the screen is there, when neither a file nor a command gives it.
std::function<std::string()> password_source(const Account& account) {
  if (!account.password_file.empty() || !account.password_command.empty()) {
    return [account] { return password_of(account); };
  }
  return [password = password_of(account)] { return password; };
}

}  // namespace

ExitCode run_screen(const CommonOptions& common, const ScreenOptions& options) {
  const Account account = find_account(common);
  const fs::path settings = settings_of(common, account);
  const fs::path file = sync::store_file(settings, account.address);
  const auto password = password_source(account);
  Signals signals;
  sync::LocalStore store(file);
  CursesScreen screen;
  sync::Events events;
  sync::Engine engine(account, password, file, events);
  LiveWire wire(engine);
  const auto run = [&screen](const ShellCommand& command) {
    screen.leave();
    const int status = run_shell(command);
    screen.enter();
    return status;
  };
  Worker worker;
  Client client({store,
                 wire,
                 screen,
                 worker,
                 {account, signature_beside(settings)},
                 parse_profile(options.keys).value_or(Profile::kMutt),
                 now_ms,
                 run});
  client.greet();
  if (!options.address.empty()) client.command("compose " + options.address);
  Loop(client, screen, events, signals, worker).run();
  screen.leave();
  return ExitCode::kOk;
}

}  // namespace mua::screen
