#include "mailstore/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "mailstore/errors.hpp"

namespace mailstore {

void throw_file_error(const std::filesystem::path& file, std::string_view doing) {
  const int error = errno;
  if (error == ENOSPC || error == EDQUOT)
    throw StoreError(fmt::format("{}: the disk is full; free some space on it", file.string()),
                     true);
  throw StoreError(
      fmt::format("{} can't be {} ({}); see that it is there, whose it is and the disk",
                  file.string(), doing, std::strerror(error)));
}

FileDescriptor create_file(const std::filesystem::path& file) {
  FileDescriptor descriptor(::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
  if (!descriptor) throw_file_error(file, "created");
  return descriptor;
}

FileDescriptor open_file(const std::filesystem::path& file) {
  FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor) throw_file_error(file, "opened");
  return descriptor;
}

void write_all(const FileDescriptor& descriptor, std::string_view octets,
               const std::filesystem::path& file) {
  while (!octets.empty()) {
    const ssize_t written = ::write(descriptor.get(), octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_file_error(file, "written");
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_file(const FileDescriptor& descriptor, const std::filesystem::path& file) {
  if (::fsync(descriptor.get()) != 0) throw_file_error(file, "synced");
}

void sync_folder(const std::filesystem::path& folder) { sync_file(open_file(folder), folder); }

void make_folder(const std::filesystem::path& folder) {
  if (folder.empty() || std::filesystem::exists(folder)) return;
  const std::filesystem::path parent =
      folder.has_filename() ? folder.parent_path() : folder.parent_path().parent_path();
  make_folder(parent);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw_file_error(folder, "created");
  sync_folder(parent.empty() ? "." : parent);
}

}  // namespace mailstore
