// The line before each message of an mbox (RFC 4155): who sent it and when it came, as asctime(3)
// writes moments.
//
//   From alice@example.test Sat Nov 21 12:21:59 2026
//   From alice@example.test Sat Nov 21 12:21:59 +0100 2026
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/date.hpp"

namespace mua::files {

struct FromLine {
  std::string sender;  ///< "" if none is named
  mail::DateTime date;
};

/// nullopt when there is no date in it. Without a zone it is UTC.
std::optional<FromLine> parse_from_line(std::string_view line);
/// With its line end; a sender that would break the line is MAILER-DAEMON.
std::string render_from_line(const FromLine& from);

}  // namespace mua::files
