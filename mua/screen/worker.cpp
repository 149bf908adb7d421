#include "mua/screen/worker.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace mua::screen {

Worker::Worker() : file_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  thread_ = std::thread([this] { live(); });
}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
  ::close(file_);
}

void Worker::run(Work work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  wake_.notify_one();
}

std::vector<Aside::After> Worker::take() {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto taken = ::read(file_, &count, sizeof count);
  return std::exchange(done_, {});
}

void Worker::live() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !work_.empty(); });
    if (ending_) return;
    const Work work = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    After after = carry_out(work);
    lock.lock();
    done_.push_back(std::move(after));
    const std::uint64_t one = 1;
    // It can only fail when it is readable already.
    [[maybe_unused]] const auto written = ::write(file_, &one, sizeof one);
  }
}

}  // namespace mua::screen
