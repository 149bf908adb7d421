#include "mua/sync/events.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace mua::sync {

namespace {

/// Whether `later` says all that `earlier` said.
struct Supersedes {
  const Event& later;
  template <class E>
  bool operator()(const E&) const {
    return false;
  }
  bool operator()(const LinkChanged&) const { return std::holds_alternative<LinkChanged>(later); }
  bool operator()(const FoldersChanged&) const {
    return std::holds_alternative<FoldersChanged>(later);
  }
  bool operator()(const FolderChanged& earlier) const {
    const auto* now = std::get_if<FolderChanged>(&later);
    return now && now->folder == earlier.folder;
  }
  bool operator()(const JournalChanged& earlier) const {
    const auto* now = std::get_if<JournalChanged>(&later);
    return now && now->entry == earlier.entry;
  }
  bool operator()(const Progress& earlier) const {
    const auto* now = std::get_if<Progress>(&later);
    return now && now->what == earlier.what && now->subject == earlier.subject;
  }
};

}  // namespace

std::string_view name_of(Link link) {
  switch (link) {
    case Link::kOffline: return "offline";
    case Link::kConnecting: return "connecting";
    case Link::kSyncing: return "syncing";
    case Link::kLive: return "live";
    case Link::kRefused: return "refused";
  }
  return "";
}

Events::Events() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Events::~Events() { ::close(fd_); }

void Events::put(Event event) {
  const std::lock_guard lock(mutex_);
  std::erase_if(events_,
                [&](const Event& earlier) { return std::visit(Supersedes{event}, earlier); });
  events_.push_back(std::move(event));
  const std::uint64_t one = 1;
  // It can only fail when it is readable already.
  [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

std::vector<Event> Events::take() {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto taken = ::read(fd_, &count, sizeof count);
  return std::exchange(events_, {});
}

}  // namespace mua::sync
