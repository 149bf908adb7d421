#include "mailctl/password.hpp"

#include <openssl/rand.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <memory>

#include "mailctl/failure.hpp"

namespace mailctl {
namespace {

constexpr std::size_t kGroups = 4, kGroupSize = 5;
// Without letters and digits that look alike; 32 of them, so that an octet's low bits pick one
// fairly.
constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(kAlphabet.size() == 32);

/// The terminal without echo, for as long as this lives.
class Silence {
 public:
  explicit Silence(int terminal)
      : terminal_(terminal), is_set_(tcgetattr(terminal, &before_) == 0) {
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (is_set_) tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (is_set_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  const int terminal_;
  termios before_{};
  const bool is_set_;
};

std::string ask(std::FILE* terminal, const std::string& prompt) {
  std::fputs(prompt.c_str(), terminal);
  std::fflush(terminal);
  const Silence silence(fileno(terminal));
  std::string line;
  for (int c = std::fgetc(terminal); c != EOF && c != '\n'; c = std::fgetc(terminal))
    line += static_cast<char>(c);
  std::fputc('\n', terminal);
  return line;
}

}  // namespace

std::string password_from_stdin() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty())
    throw Failure(ExitCode::kUsage, "no password came on stdin",
                  "write it as the first line, as in `mailctl ... --password-stdin < FILE`");
  return line;
}

std::string new_password(PasswordFrom from, const std::string& address) {
  if (from == PasswordFrom::kStdin) return password_from_stdin();
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> terminal(std::fopen("/dev/tty", "r+"),
                                                                 std::fclose);
  if (!terminal)
    throw Failure(ExitCode::kUsage, "there is no terminal to ask for the password on",
                  "give it on stdin with --password-stdin");
  const auto password = ask(terminal.get(), "Password of " + address + ": ");
  if (ask(terminal.get(), "The same again: ") != password)
    throw Failure(ExitCode::kFailed, "the two passwords differ; nothing was changed",
                  "run the command again");
  return password;
}

std::string random_password() {
  unsigned char octets[kGroups * kGroupSize];
  if (RAND_bytes(octets, sizeof octets) != 1) throw std::runtime_error("no random numbers");
  std::string password;
  for (std::size_t i = 0; i < sizeof octets; ++i) {
    if (i > 0 && i % kGroupSize == 0) password += '-';
    password += kAlphabet[octets[i] % kAlphabet.size()];
  }
  return password;
}

}  // namespace mailctl
