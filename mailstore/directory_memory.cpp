#include "mailstore/directory_memory.hpp"

namespace mailstore {

DirectoryMemory::DirectoryMemory(const std::filesystem::path& file)
    : watch_(file, Database::Mode::kExisting) {}

// Looked up before the tables are asked: what is found there is as new as this version, or newer,
// and then forgotten at the next look.
void DirectoryMemory::forget_what_changed() {
  const std::int64_t version = watch_.integer("PRAGMA data_version").value();
  if (version == version_) return;
  version_ = version;
  resolutions_.clear();
  accounts_.clear();
}

}  // namespace mailstore
