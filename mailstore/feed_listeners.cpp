#include "mailstore/feed_listeners.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <set>

#include "mailstore/without_sigpipe.hpp"

namespace mailstore {
namespace {

// File times advance by the kernel's tick (1 to 10 ms): a folder that changed just now may change
// again without its mtime telling.
bool long_ago(const timespec& time) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  constexpr std::int64_t kSecond = 1'000'000'000;
  return (now.tv_sec - time.tv_sec) * kSecond + now.tv_nsec - time.tv_nsec > kSecond / 20;
}

}  // namespace

void FeedListeners::ring(const Change& change) {
  refresh();
  FeedRecord record;
  record.change = change;
  WithoutSigpipe quiet;
  std::erase_if(fifos_, [&](const auto& entry) {
    if (::write(entry.second.get(), &record, sizeof record) >= 0 || errno != EPIPE) return false;
    quiet.raised = true;
    ::unlinkat(folder_, entry.first.c_str(), 0);
    return true;
  });
}

void FeedListeners::refresh() {
  struct stat now {};
  if (::fstat(folder_, &now) != 0) return;
  bool same = now.st_mtim.tv_sec == listed_.tv_sec && now.st_mtim.tv_nsec == listed_.tv_nsec;
  if (same && settled_) return;
  listed_ = now.st_mtim;
  settled_ = long_ago(listed_);
  list();
}

void FeedListeners::list() {
  int copy = ::openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (copy < 0) return;
  std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(copy), ::closedir);
  if (!entries) return;
  std::set<std::string> present;
  while (const dirent* entry = ::readdir(entries.get())) {
    std::string name = entry->d_name;
    if (name.ends_with(".fifo")) present.insert(name);
  }
  std::erase_if(fifos_, [&](const auto& known) { return !present.contains(known.first); });
  for (const std::string& name : present)
    if (!fifos_.contains(name)) open(name);
}

void FeedListeners::open(const std::string& name) {
  FileDescriptor fifo(::openat(folder_, name.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (fifo)
    fifos_.emplace(name, std::move(fifo));
  else if (errno == ENXIO)  // nobody reads: its process died
    ::unlinkat(folder_, name.c_str(), 0);
}

}  // namespace mailstore
