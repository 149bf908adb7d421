// The person's terminal, by ncursesw: the only place that speaks to it. While it is entered the
// terminal is in raw mode on its alternate screen; leaving, also by the destructor, gives it back
// as it was. No type of ncurses shows here.
#pragma once

#include <memory>

#include "mua/screen/screen.hpp"
#include "mua/screen/theme.hpp"

namespace mua::screen {

class CursesScreen : public Screen {
 public:
  /// Throws Failure when stdin or stdout is no terminal, or one that nothing is known about.
  CursesScreen();
  ~CursesScreen() override;

  Size size() const override;
  void show(const Canvas& picture) override;
  std::optional<Event> next_event() override;
  void leave() override;
  void enter() override;
  void ring() override;
  void notify(const std::string& title, const std::string& body) override;
  void set_theme(const Theme& theme) override;

  /// The mouse stays the terminal's: it selects text there.
  void leave_mouse();
  /// After SIGWINCH: asks the terminal how large it is now.
  void measure();
  /// What to poll for input.
  int file() const;

 private:
  struct Terminal;
  std::optional<Event> read_mouse();
  std::string read_paste();

  std::unique_ptr<Terminal> terminal_;
};

}  // namespace mua::screen
