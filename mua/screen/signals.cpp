#include "mua/screen/signals.hpp"

#include <initializer_list>

#include <sys/signalfd.h>
#include <unistd.h>

namespace mua::screen {

Signals::Signals() {
  sigemptyset(&set_);
  for (const int signal : {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT})
    sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, &before_);
  file_ = signalfd(-1, &set_, SFD_NONBLOCK | SFD_CLOEXEC);
}

Signals::~Signals() {
  close(file_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int Signals::next() const {
  signalfd_siginfo info{};
  return read(file_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

void stop_process() {
  struct sigaction by_itself {};
  struct sigaction before {};
  by_itself.sa_handler = SIG_DFL;
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &by_itself, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  sigaction(SIGTSTP, &before, nullptr);
}

}  // namespace mua::screen
