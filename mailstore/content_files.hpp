// The folder where a database keeps the contents that are too large for it, one file a row id. A
// file is complete and synced, and so is its name after `sync`, before the commit that tells of it;
// a file that no row tells of is an orphan of a crash, harmless, and swept later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "mailstore/content.hpp"

namespace mailstore {

class ContentFiles {
 public:
  explicit ContentFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path path(std::int64_t id) const { return folder_ / std::to_string(id); }

  /// Links the content's file, or writes and syncs one. An orphan of that name is replaced.
  void keep(const Content& content, std::int64_t id) const;
  /// Syncs the folder: the names of what was kept are on disk.
  void sync() const;

  /// Mapped, not removed with its last user; throws StoreError when the file is missing.
  Content open(std::int64_t id) const;
  /// nullopt: there is no such file.
  std::optional<std::string> read(std::int64_t id, std::uint64_t offset,
                                  std::uint64_t length) const;
  void remove(std::int64_t id) const noexcept;
  /// Removes the files whose row is gone. Hold the database's write lock meanwhile.
  void sweep(const std::function<bool(std::int64_t)>& has_row) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace mailstore
