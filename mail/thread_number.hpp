// Which conversation a message belongs to, as a number that its header alone decides: the message
// its References begin with, the one it answers, or itself. A message keeps its number for good,
// and storing one costs no look at any other (RFC 8474 §5.2 THREADID). Conversations whose clients
// write no References fall apart into the answers to each message; THREAD, which sees all messages,
// joins them. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace mail {

/// Never 0. Headers without any message id have a number by their octets.
std::int64_t thread_number(std::string_view header);

}  // namespace mail
