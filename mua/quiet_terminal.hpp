// A terminal that does not show what is typed, for as long as this lives: passwords. What was typed
// before it was asked for is thrown away.
#pragma once

#include <termios.h>

namespace mua {

class QuietTerminal {
 public:
  /// `terminal` outlives it; what is none stays as it is.
  explicit QuietTerminal(int terminal);
  ~QuietTerminal();
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

 private:
  int terminal_;
  termios before_{};
  bool known_;
};

}  // namespace mua
