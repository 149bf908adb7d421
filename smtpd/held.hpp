// How much of something the messages take that are in memory for one purpose. Safe from every
// thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "smtpd/attempt.hpp"

namespace smtpd {

class Held {
 public:
  /// The same message; its share counts until nobody has it any more, be that after this.
  Message hold(Message message, std::uint64_t share) {
    *sum_ += share;
    const mailstore::QueuedMessage* const plain = message.get();
    return Message(
        plain, [message = std::move(message), sum = sum_, share](const auto*) { *sum -= share; });
  }
  std::uint64_t sum() const { return *sum_; }

 private:
  std::shared_ptr<std::atomic<std::uint64_t>> sum_ =
      std::make_shared<std::atomic<std::uint64_t>>(0);
};

}  // namespace smtpd
