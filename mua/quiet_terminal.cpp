#include "mua/quiet_terminal.hpp"

namespace mua {

QuietTerminal::QuietTerminal(int terminal)
    : terminal_(terminal), known_(tcgetattr(terminal, &before_) == 0) {
  termios silent = before_;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  if (known_) tcsetattr(terminal_, TCSAFLUSH, &silent);
}

QuietTerminal::~QuietTerminal() {
  if (known_) tcsetattr(terminal_, TCSAFLUSH, &before_);
}

}  // namespace mua
