#include "mailstore/change_feed.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>

#include "mailstore/errors.hpp"
#include "mailstore/feed_inbox.hpp"
#include "mailstore/feed_listeners.hpp"

namespace mailstore {
namespace {

FileDescriptor open_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened)
    throw StoreError("can't open the change feed's folder " + folder.string() + ": " +
                     (error ? error.message() : std::strerror(errno)));
  return opened;
}

}  // namespace

struct ChangeFeed::Impl {
  FileDescriptor folder;
  std::optional<FeedInbox> inbox;
  std::mutex mutex;  // of listeners; reading the inbox needs none
  FeedListeners listeners;

  Impl(const std::filesystem::path& path, Mode mode)
      : folder(open_folder(path)), listeners(folder.get()) {
    if (mode == Mode::kListen) inbox.emplace(folder.get());
  }
};

ChangeFeed::ChangeFeed(std::filesystem::path folder, Mode mode)
    : impl_(std::make_unique<Impl>(folder, mode)) {}

ChangeFeed::~ChangeFeed() = default;

void ChangeFeed::ring(const Change& change) {
  std::lock_guard lock(impl_->mutex);
  impl_->listeners.ring(change);
}

int ChangeFeed::descriptor() const { return impl_->inbox ? impl_->inbox->descriptor() : -1; }

std::vector<Change> ChangeFeed::take() {
  return impl_->inbox ? impl_->inbox->take() : std::vector<Change>{};
}

}  // namespace mailstore
