#include "mailstore/content.hpp"

#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "mailstore/content_impl.hpp"
#include "mailstore/files.hpp"

namespace mailstore {

namespace {

using namespace std::chrono_literals;

/// Octets after which the disk is asked to begin, so that the sync at the end finds little to do.
constexpr std::uint64_t kWriteBehind = 1u << 20;

/// The lock tells sweep_staging that somebody is using the file.
FileDescriptor create_staging_file(const std::filesystem::path& file) {
  FileDescriptor descriptor = create_file(file);
  ::flock(descriptor.get(), LOCK_EX | LOCK_NB);
  return descriptor;
}

std::filesystem::path unique_name(const std::filesystem::path& folder) {
  static std::atomic<std::uint64_t> count{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return folder / (std::to_string(::getpid()) + "-" + std::to_string(now) + "-" +
                   std::to_string(count.fetch_add(1)));
}

}  // namespace

struct Staging::Impl {
  std::filesystem::path folder;
  std::uint64_t inline_limit;
  std::string memory;
  std::filesystem::path file;
  FileDescriptor descriptor;
  std::uint64_t size = 0;
  std::uint64_t handed_to_disk = 0;

  ~Impl() {
    if (descriptor) ::unlink(file.c_str());
  }

  void spill() {
    file = unique_name(folder);
    descriptor = create_staging_file(file);
    write_all(descriptor, memory, file);
    std::string().swap(memory);
  }
};

Staging::Staging(std::filesystem::path folder, std::uint64_t inline_limit)
    : impl_(std::make_unique<Impl>()) {
  impl_->folder = std::move(folder);
  impl_->inline_limit = inline_limit;
}

Staging::~Staging() = default;
Staging::Staging(Staging&&) noexcept = default;
Staging& Staging::operator=(Staging&&) noexcept = default;

void Staging::write(std::string_view octets) {
  Impl& self = *impl_;
  if (!self.descriptor && self.size + octets.size() > self.inline_limit) self.spill();
  self.size += octets.size();
  if (!self.descriptor) {
    self.memory.append(octets);
    return;
  }
  write_all(self.descriptor, octets, self.file);
  if (self.size - self.handed_to_disk < kWriteBehind) return;
  ::sync_file_range(self.descriptor.get(), static_cast<off_t>(self.handed_to_disk),
                    static_cast<off_t>(self.size - self.handed_to_disk), SYNC_FILE_RANGE_WRITE);
  self.handed_to_disk = self.size;
}

std::uint64_t Staging::size() const { return impl_->size; }

Content Staging::finish() {
  Impl& self = *impl_;
  if (!self.descriptor) {
    self.memory.shrink_to_fit();
    return Content::of(std::move(self.memory));
  }
  sync_file(self.descriptor, self.file);
  Content content;
  content.impl_ = std::make_shared<Content::Impl>();
  content.impl_->map(std::move(self.descriptor), self.file, Content::Impl::OnRelease::kRemove);
  return content;
}

Content Content::of(std::string octets) {
  Content content;
  content.impl_ = std::make_shared<Impl>();
  content.impl_->memory = std::move(octets);
  return content;
}

std::string_view Content::view() const { return impl_ ? impl_->view() : std::string_view(); }

const std::filesystem::path& Content::file() const {
  static const std::filesystem::path none;
  return impl_ ? impl_->file : none;
}

const mail::Description& Content::description() const {
  static const mail::Description nothing = mail::describe("");
  if (!impl_) return nothing;
  std::call_once(impl_->described, [this] { impl_->description = mail::describe(view()); });
  return impl_->description;
}

void sweep_staging(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    // A maker that is between creating and locking its file is done with that in a minute.
    const auto age = std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored);
    if (ignored || age < 1min) continue;
    FileDescriptor descriptor(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor && ::flock(descriptor.get(), LOCK_EX | LOCK_NB) == 0)
      ::unlink(entry.path().c_str());
  }
}

}  // namespace mailstore
