#include "tests/mua/terminal.hpp"

#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "mua/exit_code.hpp"

namespace mua {

namespace {

[[noreturn]] void be_the_job(const std::function<int()>& job) {
  int code = 99;
  try {
    code = job();
  } catch (const Failure& failure) {
    code = static_cast<int>(failure.code);
  }
  std::fflush(stdout);
  _exit(code);
}

/// What is typed earlier is flushed away when the echo is turned off.
void type_unseen(int terminal, const std::string& secret) {
  termios mode{};
  for (int tries = 0; tries < 10000; ++tries) {
    if (tcgetattr(terminal, &mode) == 0 && (mode.c_lflag & ECHO) == 0) {
      EXPECT_EQ(write(terminal, secret.data(), secret.size()), static_cast<ssize_t>(secret.size()));
      return;
    }
    usleep(1000);
  }
  ADD_FAILURE() << "the terminal echoes all the time";
}

}  // namespace

Seen at_terminal(const std::function<int()>& job, const std::string& secret) {
  const winsize size{24, 72, 0, 0};
  int terminal = -1;
  std::fflush(stdout);
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) be_the_job(job);
  if (!secret.empty()) type_unseen(terminal, secret);
  Seen seen;
  char octets[512];
  for (ssize_t got = 0; (got = ::read(terminal, octets, sizeof octets)) > 0;) {
    seen.text.append(octets, static_cast<std::size_t>(got));
  }
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  seen.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return seen;
}

}  // namespace mua
