#include "mailstore/process_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "mailstore/errors.hpp"

namespace mailstore {
namespace {

/// "process 4711 (smtpd)", as far as it can be told.
std::string holder(const std::filesystem::path& file) {
  std::string pid, name;
  std::getline(std::ifstream(file) >> std::ws, pid);
  std::getline(std::ifstream("/proc/" + pid + "/comm"), name);
  if (pid.empty()) return "another process";
  return name.empty() ? "process " + pid : fmt::format("process {} ({})", pid, name);
}

}  // namespace

ProcessLock::ProcessLock(const std::filesystem::path& file)
    : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (!file_)
    throw StoreError(fmt::format("can't open {}: {}", file.string(), std::strerror(errno)));
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0)
    throw StoreError(fmt::format("{} is held by {}: end it first, or use other data", file.string(),
                                 holder(file)));
  std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file_.get(), 0) != 0 ||
      ::pwrite(file_.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
    throw StoreError(fmt::format("can't write {}: {}", file.string(), std::strerror(errno)),
                     errno == ENOSPC || errno == EDQUOT);
}

}  // namespace mailstore
