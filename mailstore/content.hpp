// Message octets on their way to the store. Small ones are held in memory, large ones are written
// to a file in staging/ that is synced before the commit naming it and then linked, never copied,
// to where it is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace mailstore {

/// Collects octets; `finish` makes them immutable. Beyond `inline_limit` octets they go to a file.
class Staging {
 public:
  Staging(std::filesystem::path folder, std::uint64_t inline_limit);
  ~Staging();  ///< an unfinished file is removed
  Staging(Staging&&) noexcept;
  Staging& operator=(Staging&&) noexcept;

  /// Throws StoreError (out_of_space) when the disk is full.
  void write(std::string_view octets);
  std::uint64_t size() const;

  class Content finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Finished octets: shared, immutable, in memory or mapped from their file. A staging file that no
/// commit has taken is removed with its last Content.
class Content {
 public:
  Content() = default;
  static Content of(std::string octets);  ///< always in memory

  std::string_view view() const;
  std::uint64_t size() const { return view().size(); }
  /// The file they live in; empty when in memory.
  const std::filesystem::path& file() const;

 private:
  friend class Staging;
  friend class ContentFiles;
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace mailstore
