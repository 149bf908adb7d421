// Values in words a person reads at a glance: local times, spans, sizes, addresses. Pure, but for
// the time zone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/address.hpp"

namespace mailctl {

/// For a terminal and for JSON: what would steer a terminal, or is not UTF-8, as "\x1b".
std::string printable(std::string_view text);
/// The first `most` columns of it, with an ellipsis when there is more; one line.
std::string shortened(std::string_view text, std::size_t most);

/// "Sat 21 Nov 13:00:01", in the time zone of whoever asks.
std::string local_time(std::int64_t seconds_since_1970);
/// "12 seconds", "4 minutes", "3 hours", "5 days".
std::string span(std::int64_t seconds);
/// "4 minutes ago", "in 2 hours", "now".
std::string from_now(std::int64_t time, std::int64_t now);

/// "14 octets", "4.1 KiB", "20.0 MiB".
std::string size_text(std::uint64_t octets);
/// "1 message", "3 messages".
std::string count_of(std::size_t number, std::string_view thing);
/// "<>" for the null reverse-path.
std::string address_text(const mail::Address& address);

}  // namespace mailctl
