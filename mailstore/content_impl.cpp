#include "mailstore/content_impl.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mailstore/files.hpp"

namespace mailstore {

Content::Impl::~Impl() {
  if (mapped != nullptr) ::munmap(const_cast<char*>(mapped), mapped_size);
  if (on_release == OnRelease::kRemove) ::unlink(file.c_str());
}

void Content::Impl::map(FileDescriptor opened, std::filesystem::path path, OnRelease release) {
  descriptor = std::move(opened);
  file = std::move(path);
  on_release = release;
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) throw_file_error(file, "read");
  if (status.st_size == 0) return;
  void* address = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED,
                         descriptor.get(), 0);
  if (address == MAP_FAILED) throw_file_error(file, "mapped");
  mapped = static_cast<const char*>(address);
  mapped_size = static_cast<std::size_t>(status.st_size);
  if (release == OnRelease::kLeave) descriptor.reset();
}

}  // namespace mailstore
