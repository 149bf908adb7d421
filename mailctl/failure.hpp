// How a command fails: an exit status that scripts rely on, what happened, and what to do next.
#pragma once

#include <stdexcept>
#include <string>

#include "mailstore/errors.hpp"

namespace mailctl {

enum class ExitCode {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kNotFound = 3,
  kAlreadyExists = 4,
  kNotAnswering = 5,
  kSettings = 78,  ///< as the daemons, EX_CONFIG of sysexits.h
};

/// For --help.
inline constexpr auto kExitCodes = R"(Exit status:
  0   done
  1   failed: the disk, a database, or what the command was told is not acceptable; nothing in the
      queue matches
  2   wrong usage
  3   not found: no such domain, account, alias, message
  4   already exists
  5   a server does not answer (status --probe)
  78  the settings file is missing or wrong)";

class Failure : public std::runtime_error {
 public:
  Failure(ExitCode exit_code, const std::string& what, std::string next_step)
      : std::runtime_error(what), code(exit_code), next(std::move(next_step)) {}
  const ExitCode code;
  const std::string next;  ///< what to do about it
};

/// Of a message that the queue does not have, or has no longer.
Failure not_in_queue(const std::string& name);

/// The failure of an operation of the store on `name`.
Failure store_failure(mailstore::Failure failure, const std::string& name);

/// The result's value, or its failure thrown.
template <class T>
T check(mailstore::Result<T, mailstore::Failure> result, const std::string& name) {
  if (!result) throw store_failure(result.error(), name);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace mailctl
