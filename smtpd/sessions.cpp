#include "smtpd/sessions.hpp"

#include <algorithm>

namespace smtpd {

std::shared_ptr<Sessions::Entry> Sessions::enter(tls::Stream& stream) {
  auto entry = std::make_shared<Entry>(stream, count_);
  std::lock_guard lock(mutex_);
  if (entries_.size() >= sweep_at_) {
    entries_.remove_if([](const std::weak_ptr<Entry>& left) { return left.expired(); });
    sweep_at_ = std::max<std::size_t>(64, 2 * entries_.size());
  }
  entries_.push_back(entry);
  return entry;
}

void Sessions::stop() {
  stopping_ = true;
  std::lock_guard lock(mutex_);
  for (const std::weak_ptr<Entry>& weak : entries_) {
    const std::shared_ptr<Entry> entry = weak.lock();
    if (!entry) continue;
    asio::post(entry->executor_, [entry] {
      if (entry->stream_ && entry->idle_) entry->stream_->cancel();
    });
  }
}

}  // namespace smtpd
