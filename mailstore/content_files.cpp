#include "mailstore/content_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

#include "mailstore/content_impl.hpp"
#include "mailstore/files.hpp"

namespace mailstore {

void ContentFiles::keep(const Content& content, std::int64_t id) const {
  const std::filesystem::path target = path(id);
  ::unlink(target.c_str());
  if (!content.file().empty() && ::link(content.file().c_str(), target.c_str()) == 0) return;
  // In memory, or on another file system, or with as many names as one file can have.
  FileDescriptor descriptor = create_file(target);
  write_all(descriptor, content.view(), target);
  sync_file(descriptor, target);
}

void ContentFiles::sync() const { sync_folder(folder_); }

Content ContentFiles::open(std::int64_t id) const {
  Content content;
  content.impl_ = std::make_shared<Content::Impl>();
  content.impl_->map(open_file(path(id)), path(id), Content::Impl::OnRelease::kLeave);
  return content;
}

std::optional<std::string> ContentFiles::read(std::int64_t id, std::uint64_t offset,
                                              std::uint64_t length) const {
  FileDescriptor descriptor(::open(path(id).c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor && errno == ENOENT) return std::nullopt;
  if (!descriptor) throw_file_error(path(id), "opened");
  const auto size = static_cast<std::uint64_t>(::lseek(descriptor.get(), 0, SEEK_END));
  std::string octets(offset < size ? std::min(length, size - offset) : 0, '\0');
  std::size_t done = 0;
  while (done < octets.size()) {
    const ssize_t count = ::pread(descriptor.get(), octets.data() + done, octets.size() - done,
                                  static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw_file_error(path(id), "read");
    done += static_cast<std::size_t>(count);
  }
  return octets;
}

void ContentFiles::remove(std::int64_t id) const noexcept { ::unlink(path(id).c_str()); }

void ContentFiles::sweep(const std::function<bool(std::int64_t)>& has_row) const {
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    std::int64_t id = 0;
    auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (error == std::errc() && end == name.data() + name.size() && !has_row(id)) remove(id);
  }
}

}  // namespace mailstore
