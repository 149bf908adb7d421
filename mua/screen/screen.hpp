// A place where pictures are shown and keys come from: a terminal by ncursesw (curses_screen.hpp),
// or memory (memory_screen.hpp), where tests read the whole screen as text. One thread.
#pragma once

#include <optional>
#include <string>

#include "mua/screen/canvas.hpp"
#include "mua/screen/event.hpp"
#include "mua/screen/theme.hpp"

namespace mua::screen {

class Screen {
 public:
  Screen() = default;
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  virtual ~Screen() = default;

  virtual Size size() const = 0;
  /// Shows the picture; only what differs from the last one travels to the terminal.
  virtual void show(const Canvas& picture) = 0;
  /// The next event if there is one; never waits.
  virtual std::optional<Event> next_event() = 0;
  /// Gives the terminal to another program and takes it back.
  virtual void leave() = 0;
  virtual void enter() = 0;
  virtual void ring() = 0;
  /// A note by the terminal's own means, where it has any. Both are printable text.
  virtual void notify(const std::string& title, const std::string& body) = 0;
  /// From the next picture on.
  virtual void set_theme(const Theme& theme) = 0;
};

}  // namespace mua::screen
