// One process at a time: a lock file with the holder's pid in it. The lock is the kernel's (flock)
// and goes with the process however it ends; the pid is only there to be named.
#pragma once

#include <filesystem>

#include "mailstore/file_descriptor.hpp"

namespace mailstore {

class ProcessLock {
 public:
  /// Throws StoreError that names the process holding it.
  explicit ProcessLock(const std::filesystem::path& file);

 private:
  FileDescriptor file_;
};

}  // namespace mailstore
