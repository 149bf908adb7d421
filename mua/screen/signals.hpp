// Signals as something to read, for a front's loop. SIGTSTP is among them because ncurses would
// take memory in its handler, on whatever thread the signal found.
#pragma once

#include <csignal>

namespace mua::screen {

/// Threads that are started while it lives don't get them.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// What to poll.
  int file() const { return file_; }
  /// SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT; 0: none.
  int next() const;

 private:
  sigset_t set_{}, before_{};
  int file_ = -1;
};

/// What SIGTSTP does by itself: returns when the shell goes on with us, and at once where there is
/// none to do so.
void stop_process();

}  // namespace mua::screen
