#include "mua/screen/shell.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

namespace mua::screen {

namespace {

constexpr int kNotRun = 127;

[[noreturn]] void become(const std::string& words, int input) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  if (input >= 0) dup2(input, STDIN_FILENO);
  // Connections and files of other threads, which would stay open for as long as the program runs.
  close_range(STDERR_FILENO + 1, ~0u, 0);
  execl("/bin/sh", "sh", "-c", words.c_str(), static_cast<char*>(nullptr));
  _exit(kNotRun);
}

/// A program that reads no more has had enough.
void feed(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  close(file);
}

/// A stop from the terminal (Ctrl-Z) is for both: we stop with the program and go on with it.
class StopsTogether {
 public:
  StopsTogether() {
    struct sigaction by_itself {};
    by_itself.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &by_itself, &action_);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask_);
  }
  ~StopsTogether() {
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    sigaction(SIGTSTP, &action_, nullptr);
  }
  StopsTogether(const StopsTogether&) = delete;
  StopsTogether& operator=(const StopsTogether&) = delete;

 private:
  struct sigaction action_ {};
  sigset_t mask_{};
};

int status_of(pid_t child) {
  const StopsTogether stops;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return kNotRun;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : kNotRun;
}

void wait_for_key() {
  std::fputs("\n[Enter returns to mua] ", stdout);
  std::fflush(stdout);
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') continue;
}

}  // namespace

int run_shell(const ShellCommand& command) {
  int ends[2] = {-1, -1};
  if (command.input && ::pipe2(ends, O_CLOEXEC) != 0) return kNotRun;
  if (!command.input_file.empty()) {
    ends[0] = open(command.input_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (ends[0] < 0) return kNotRun;
  }
  const pid_t child = fork();
  if (child == 0) {
    if (ends[1] >= 0) close(ends[1]);
    become(command.words, ends[0]);
  }
  if (ends[0] >= 0) close(ends[0]);
  if (command.input) feed(ends[1], child > 0 ? *command.input : "");
  const int status = child > 0 ? status_of(child) : kNotRun;
  if (command.afterwards == ShellCommand::Afterwards::kWaitForKey) wait_for_key();
  return status;
}

std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

}  // namespace mua::screen
