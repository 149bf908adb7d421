// Message octets on their way to the store. Small ones are held in memory, large ones are written
// to a file in staging/ that is synced before the commit naming it and then linked, never copied,
// to where it is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "mail/description.hpp"

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

  /// Syncs the file if there is one: milliseconds for a large message. Nothing may be written
  /// after.
  class Content finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Finished octets: shared, immutable, in memory or mapped from their file. A staging file is
/// removed with its last Content; a commit that takes it has linked it to another name.
class Content {
 public:
  Content() = default;
  static Content of(std::string octets);  ///< always in memory

  std::string_view view() const;
  std::uint64_t size() const { return view().size(); }
  /// The file they live in; empty when in memory.
  const std::filesystem::path& file() const;
  /// What IMAP asks of them; worked out once, however many mailboxes they go to. Safe from every
  /// thread.
  const mail::Description& description() const;

 private:
  friend class Staging;
  friend class ContentFiles;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// Removes what a process that died left in a staging folder; files in use by any process stay.
void sweep_staging(const std::filesystem::path& folder);

}  // namespace mailstore
