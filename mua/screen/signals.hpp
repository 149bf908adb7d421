// Signals as something to read, for a front's loop.
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
  /// SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGCONT; 0: none.
  int next() const;

 private:
  sigset_t set_{}, before_{};
  int file_ = -1;
};

}  // namespace mua::screen
