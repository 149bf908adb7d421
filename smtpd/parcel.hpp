// Recipients of one message that travel together: they wait for the same next hop. Plain values.
#pragma once

#include <cstdint>
#include <vector>

#include "smtpd/attempt.hpp"

namespace smtpd {

struct Parcel {
  mailstore::QueueId id = 0;
  std::vector<std::int32_t> recipients;  ///< their numbers
  Message message{};                     ///< null: to be read from the queue when its turn comes
};

}  // namespace smtpd
