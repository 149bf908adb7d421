#include "mua/screen/background.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace mua::screen {

namespace {

bool is_in_path(const char* program) {
  const char* path = std::getenv("PATH");
  std::string_view folders = path ? path : "/usr/bin:/bin";
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string file = std::string(folders.substr(0, end)) + "/" + program;
    if (access(file.c_str(), X_OK) == 0) return true;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return false;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> surroundings(const Background& program) {
  std::vector<std::string> out;
  for (const auto& [name, value] : program.variables) out.push_back(name + "=" + value);
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view name =
        std::string_view(*entry).substr(0, std::string_view(*entry).find('='));
    bool ours = false;
    for (const auto& variable : program.variables) ours = ours || variable.first == name;
    if (!ours) out.emplace_back(*entry);
  }
  return out;
}

[[noreturn]] void become(char* const* words, char* const* variables) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  setsid();
  const int nothing = open("/dev/null", O_RDWR);
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, file);
  // Connections and files of other threads, which would stay open for as long as the program runs.
  close_range(STDERR_FILENO + 1, ~0u, 0);
  execvpe(words[0], words, variables);
  _exit(127);
}

}  // namespace

void run_in_background(const Background& program) {
  // All memory is taken before the fork: other threads may hold its lock.
  std::vector<std::string> words = program.words, variables = surroundings(program);
  const std::vector<char*> word_list = pointers(words), variable_list = pointers(variables);
  const pid_t child = fork();
  if (child == 0) {
    // The grandchild is nobody's to wait for.
    if (fork() == 0) become(word_list.data(), variable_list.data());
    _exit(0);
  }
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
}

bool has_desktop() {
  const bool shown =
      is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("DBUS_SESSION_BUS_ADDRESS");
  return shown && is_in_path("notify-send");
}

}  // namespace mua::screen
