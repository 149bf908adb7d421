#include "mua/password.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

#include "mua/keyring.hpp"
#include "mua/quiet_terminal.hpp"

namespace mua {

namespace {

std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

using Terminal = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Terminal open_terminal() {
  Terminal terminal(std::fopen("/dev/tty", "r+"), &std::fclose);
  if (terminal) return terminal;
  throw Failure(ExitCode::kLogin, "no password is kept and there is no terminal to ask on",
                "Run mua setup with --password-stdin or --password-command.");
}

void expect_more(std::FILE* file) {
  if (!std::feof(file)) return;
  throw Failure(ExitCode::kFailed, "the terminal ended before the answer");
}

std::string read_line(std::FILE* file) {
  std::string line;
  for (int c = std::fgetc(file); c != EOF && c != '\n'; c = std::fgetc(file)) {
    line += static_cast<char>(c);
  }
  return line;
}

}  // namespace

std::string password_from_stdin() {
  std::string line;
  if (!std::getline(std::cin, line) || first_line(line).empty()) {
    throw Failure(ExitCode::kUsage, "no password came on stdin");
  }
  return first_line(line);
}

std::string password_from_prompt(const std::string& prompt) {
  const Terminal terminal = open_terminal();
  std::fprintf(terminal.get(), "%s", prompt.c_str());
  std::fflush(terminal.get());
  const QuietTerminal quiet(fileno(terminal.get()));
  std::string line = read_line(terminal.get());
  std::fprintf(terminal.get(), "\n");
  return line;
}

std::string line_from_prompt(const std::string& prompt) {
  const Terminal terminal = open_terminal();
  std::fprintf(terminal.get(), "%s", prompt.c_str());
  std::fflush(terminal.get());
  std::string line = read_line(terminal.get());
  if (line.empty()) expect_more(terminal.get());
  return line;
}

void tell_on_terminal(const std::string& text) {
  std::fprintf(open_terminal().get(), "%s", text.c_str());
}

bool confirm(const std::string& question) {
  const Terminal terminal = open_terminal();
  std::fprintf(terminal.get(), "%s [Y/n] ", question.c_str());
  std::fflush(terminal.get());
  const std::string answer = read_line(terminal.get());
  return answer.empty() || answer.front() == 'y' || answer.front() == 'Y';
}

std::string password_from_command(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "re"), &pclose);
  std::string text;
  for (int c = 0; pipe && (c = std::fgetc(pipe.get())) != EOF;) text += static_cast<char>(c);
  std::string password = first_line(std::move(text));
  if (password.empty()) {
    throw Failure(ExitCode::kLogin, "the password command printed nothing: " + command);
  }
  return password;
}

std::string password_from_file(const std::filesystem::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    throw Failure(ExitCode::kLogin,
                  "cannot read the password in " + file.string() + ": " + std::strerror(errno),
                  "Run mua setup again to keep it.");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Failure(ExitCode::kLogin, "others can read the password in " + file.string(),
                  "Run chmod 600 " + file.string());
  }
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  line = first_line(std::move(line));
  if (line.empty()) throw Failure(ExitCode::kLogin, "no password is in " + file.string());
  return line;
}

void keep_password(const std::filesystem::path& file, const std::string& password) {
  const std::filesystem::path folder = file.parent_path();
  std::filesystem::create_directories(folder.parent_path());
  mkdir(folder.c_str(), S_IRWXU);
  std::filesystem::path fresh = file;
  fresh += ".new";
  unlink(fresh.c_str());
  const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const std::string line = password + "\n";
  const bool kept = descriptor >= 0 && ::write(descriptor, line.data(), line.size()) ==
                                           static_cast<ssize_t>(line.size());
  const int reason = errno;
  if (descriptor >= 0) close(descriptor);
  if (!kept) {
    throw Failure(ExitCode::kFailed,
                  "cannot keep the password in " + file.string() + ": " + std::strerror(reason));
  }
  std::filesystem::rename(fresh, file);
}

std::string password_from_keyring(const Account& account) {
  auto found = Keyring::find(account.address);
  if (found) return std::move(*found);
  throw Failure(ExitCode::kLogin,
                "no password of " + account.address + " comes from the keyring: " + found.error(),
                "Unlock it, or run mua setup --account " + account.address + " to keep it anew.");
}

bool has_password(const Account& account) {
  return account.password_keyring || !account.password_command.empty() ||
         !account.password_file.empty();
}

std::string password_of(const Account& account) {
  if (account.password_keyring) return password_from_keyring(account);
  if (!account.password_command.empty()) return password_from_command(account.password_command);
  if (!account.password_file.empty()) return password_from_file(account.password_file);
  return password_from_prompt("Password of " + account.address + ": ");
}

}  // namespace mua
