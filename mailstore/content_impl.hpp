// What a Content shares: octets in memory or a mapped file.
#pragma once

#include <mutex>
#include <string>

#include "mailstore/content.hpp"
#include "mailstore/file_descriptor.hpp"

namespace mailstore {

struct Content::Impl {
  enum class OnRelease { kLeave, kRemove };

  std::string memory;
  std::filesystem::path file;
  FileDescriptor descriptor;  ///< holds the staging file's lock
  const char* mapped = nullptr;
  std::size_t mapped_size = 0;
  OnRelease on_release = OnRelease::kLeave;
  std::once_flag described;
  mail::Description description;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  void map(FileDescriptor opened, std::filesystem::path path, OnRelease release);
  std::string_view view() const {
    return file.empty() ? std::string_view(memory) : std::string_view(mapped, mapped_size);
  }
};

}  // namespace mailstore
