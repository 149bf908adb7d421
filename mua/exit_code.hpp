// How a command ends: the exit status scripts rely on, and the failure that carries it up to main
// with words that say what to do next.
#pragma once

#include <stdexcept>
#include <string>

namespace mua {

enum class ExitCode {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kNotFound = 3,
  kConnection = 4,
  kLogin = 5,
  kRefused = 6,
  kPartly = 7,
};

/// For --help.
inline constexpr const char* kExitCodes = R"(Exit status:
  0  done
  1  failed (a file, the disk, the settings)
  2  wrong usage
  3  not found: no such message, mailbox, attachment or account
  4  no connection, or no safe one (TLS)
  5  login refused
  6  the server refused; its reply is shown
  7  partly done: sent, but not to all or without a copy in Sent
)";

/// Thrown by a command, caught by main: "mua: {what}", then `advice` on a line of its own.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode exit_code, const std::string& what, std::string next_step = "")
      : std::runtime_error(what), code(exit_code), advice(std::move(next_step)) {}
  ExitCode code;
  std::string advice;
};

}  // namespace mua
