#include "mua/screen/run_plain.hpp"

#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "mua/screen/background.hpp"
#include "mua/screen/desks.hpp"
#include "mua/screen/front.hpp"
#include "mua/screen/plain.hpp"
#include "mua/screen/signals.hpp"
#include "mua/screen/worker.hpp"

namespace mua::screen {

namespace {

/// Lines out; what interrupts somebody who is asked something begins a line of its own.
class Output {
 public:
  void tell(const std::string& text) {
    if (asked_) std::fputs("\n", stdout);
    asked_ = false;
    std::fputs(text.c_str(), stdout);
    if (!text.ends_with('\n') && text != "\a") std::fputs("\n", stdout);
  }
  void ask(const std::string& prompt) {
    if (!asked_) std::fputs(prompt.c_str(), stdout);
    asked_ = true;
    std::fflush(stdout);
  }
  /// A line was typed, which its end ended.
  void answered() { asked_ = false; }

 private:
  bool asked_ = false;
};

class Input {
 public:
  /// False: there is no more.
  bool read_some() {
    char piece[4096];
    const ssize_t size = read(STDIN_FILENO, piece, sizeof piece);
    if (size <= 0) return false;
    pending_.append(piece, static_cast<std::size_t>(size));
    return true;
  }
  std::optional<std::string> next_line() {
    const std::size_t end = pending_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    if (line.ends_with('\r')) line.pop_back();
    return line;
  }

 private:
  std::string pending_;
};

struct Parts {
  Client& client;
  Plain& plain;
  Desks& desks;
  Worker& worker;
  Signals& signals;
  Output& output;
};

bool is_ending(const Signals& signals) {
  bool ending = false;
  while (const int signal = signals.next()) {
    ending = ending || signal == SIGHUP || signal == SIGTERM || signal == SIGINT;
  }
  return ending;
}

void wait(const Parts& parts) {
  std::vector<pollfd> files{{STDIN_FILENO, POLLIN, 0},
                            {parts.signals.file(), POLLIN, 0},
                            {parts.worker.file(), POLLIN, 0}};
  for (const int file : parts.desks.files()) files.push_back({file, POLLIN, 0});
  poll(files.data(), files.size(), parts.client.wait_ms());
}

bool has_input() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

void loop(const Parts& parts) {
  Input input;
  bool more = true;
  while (!parts.client.ended()) {
    parts.output.ask(parts.plain.prompt());
    wait(parts);
    if (is_ending(parts.signals)) break;
    parts.desks.tell(parts.client);
    for (const Aside::After& after : parts.worker.take()) after(parts.client);
    parts.client.tick();
    parts.plain.announce();
    if (more && has_input()) more = input.read_some();
    while (!parts.client.ended()) {
      const auto line = input.next_line();
      if (!line) break;
      parts.output.answered();
      parts.plain.take(*line);
      if (more) parts.output.ask(parts.plain.prompt());
    }
    if (!more) break;
  }
  parts.client.save_all();
}

}  // namespace

ExitCode run_plain(const CommonOptions& common, const ScreenOptions& options) {
  const Settings settings = settings_to_show(common);
  Signals signals;
  Desks desks(settings);
  const std::vector<Desk> all = desks.all();
  Output output;
  const auto tell = [&output](const std::string& text) { output.tell(text); };
  NoScreen screen(tell);
  Worker worker;
  World world{all.front().store,
              desks.wire(),
              screen,
              worker,
              all.front().writer,
              keymap_of(settings, options.keys),
              now_ms,
              run_shell};
  world.desks = all;
  furnish(world, settings);
  const Notifier notifier(settings.notify, screen, run_in_background, has_desktop());
  world.notify = [&notifier](const Arrival& arrival) { notifier.tell(arrival); };
  Client client(std::move(world));
  arrange(client, settings);
  client.greet();
  if (!desks.trouble().empty()) client.alert(desks.trouble());
  if (!options.address.empty()) client.command("compose " + options.address);
  Plain plain(client, tell);
  plain.begin();
  loop({client, plain, desks, worker, signals, output});
  return ExitCode::kOk;
}

}  // namespace mua::screen
