// Telling of new mail: a bell, a note on the desktop, a command. What is told stays on this machine
// and goes into no log.
//
//   [notify]
//   bell = true
//   desktop = true                     # by notify-send, else by the terminal (OSC 777, kitty's OSC
//   99) command = "paplay ~/ding.ogg"      # gets MUA_ACCOUNT MUA_FOLDER MUA_COUNT MUA_FROM
//   MUA_SUBJECT folders = ["INBOX"]                # of which it is told; "*" all
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mua/screen/screen.hpp"

namespace conf {
class TableReader;
}

namespace mua::screen {

struct NotifySettings {
  bool bell = true;
  bool desktop = false;
  std::string command{};
  std::vector<std::string> folders{"INBOX"};
  bool operator==(const NotifySettings&) const = default;
};

/// [notify]; throws conf::SettingsError with the place.
NotifySettings read_notify(conf::TableReader section);

/// Unread messages that came into a folder just now.
struct Arrival {
  std::string account, folder;
  std::size_t count = 0;
  std::string from, subject;  ///< of the newest, printable
};

/// "new: Ann Miller: Ferry on Saturday?", "new in Lists: ...", "3 new in INBOX: ..." for a line.
std::string arrival_text(const Arrival& arrival);

/// What a terminal shows on the desktop: OSC 777 (urxvt, foot, Ghostty, WezTerm), or kitty's
/// OSC 99. Terminals that know neither pass it over. `term` is the variable TERM; title and body
/// are printable.
std::string terminal_note(std::string_view term, std::string title, std::string body);

/// A program that runs beside mua: nobody waits for it, and it has no terminal.
struct Background {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> variables;  ///< added to mua's own
};

class Notifier {
 public:
  /// `start` runs a program in the background; `has_desktop`: notify-send reaches somebody.
  Notifier(NotifySettings settings, Screen& screen, std::function<void(const Background&)> start,
           bool has_desktop)
      : settings_(std::move(settings)),
        screen_(screen),
        start_(std::move(start)),
        has_desktop_(has_desktop) {}

  void tell(const Arrival& arrival) const;

 private:
  NotifySettings settings_;
  Screen& screen_;
  std::function<void(const Background&)> start_;
  bool has_desktop_;
};

}  // namespace mua::screen
