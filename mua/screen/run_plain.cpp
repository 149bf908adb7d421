#include "mua/screen/run_plain.hpp"

#include <unistd.h>

#include <cstdio>
#include <optional>
#include <string>

#include "mua/quiet_terminal.hpp"
#include "mua/screen/front.hpp"
#include "mua/screen/plain.hpp"

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
    // Something else may be asked now.
    if (asked_ && prompt != prompt_) answered(Line::kUnseen);
    if (!asked_) std::fputs(prompt.c_str(), stdout);
    prompt_ = prompt;
    asked_ = true;
    std::fflush(stdout);
  }
  /// A line was typed, which its end ended; `unseen` for one whose end was not seen either.
  enum class Line { kSeen, kUnseen };
  void answered(Line line) {
    asked_ = false;
    if (line == Line::kUnseen) std::fputs("\n", stdout);
  }

 private:
  bool asked_ = false;
  std::string prompt_;
};

class Input {
 public:
  /// False: there is no more.
  bool read_some() {
    char piece[4096];
    const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
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

bool is_ending(const Signals& signals) {
  bool ending = false;
  while (const int signal = signals.next()) {
    if (signal == SIGTSTP) stop_process();
    ending = ending || signal == SIGHUP || signal == SIGTERM || signal == SIGINT;
  }
  return ending;
}

/// While a secret is asked for.
class Veil {
 public:
  void draw(const Client& client) {
    const auto& prompt = client.prompt();
    const bool secret = prompt && prompt->echo == Prompt::Echo::kHidden;
    if (!secret)
      quiet_.reset();
    else if (!quiet_)
      quiet_.emplace(STDIN_FILENO);
  }
  Output::Line line() const { return quiet_ ? Output::Line::kUnseen : Output::Line::kSeen; }

 private:
  std::optional<QuietTerminal> quiet_;
};

void loop(Front& front, const Signals& signals, Plain& plain, Output& output) {
  Client& client = front.client();
  Input input;
  Veil veil;
  bool more = true;
  while (!client.ended()) {
    veil.draw(client);
    output.ask(plain.prompt());
    const bool has_input = front.wait(STDIN_FILENO) != 0;
    if (is_ending(signals)) break;
    front.hear();
    plain.announce();
    if (more && has_input) more = input.read_some();
    while (!client.ended()) {
      const auto line = input.next_line();
      if (!line) break;
      output.answered(veil.line());
      plain.take(*line);
      if (more) output.ask(plain.prompt());
    }
    if (!more) break;
  }
  client.save_all();
}

}  // namespace

ExitCode run_plain(const CommonOptions& common, const ScreenOptions& options) {
  Ground ground(common);
  Output output;
  const auto tell = [&output](const std::string& text) { output.tell(text); };
  NoScreen screen(tell);
  Front front(ground, screen, options, run_shell);
  Plain plain(front.client(), tell);
  plain.begin();
  loop(front, ground.signals, plain, output);
  return ExitCode::kOk;
}

}  // namespace mua::screen
