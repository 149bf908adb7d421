// A write to a FIFO whose reader died raises SIGPIPE (there is no MSG_NOSIGNAL for it): held back
// on this thread alone for as long as this lives, and taken away if it came.
#pragma once

#include <csignal>
#include <ctime>

namespace mailstore {

class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&only_pipe_);
    sigaddset(&only_pipe_, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &only_pipe_, &before_);
  }
  ~WithoutSigpipe() {
    if (raised && !sigismember(&before_, SIGPIPE)) {
      timespec now{};
      ::sigtimedwait(&only_pipe_, nullptr, &now);
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;

  bool raised = false;  ///< to be set after a write that failed with EPIPE

 private:
  sigset_t only_pipe_, before_;
};

}  // namespace mailstore
