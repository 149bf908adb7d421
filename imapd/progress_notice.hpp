// "* OK [INPROGRESS (tag made goal)]" while a command takes long (RFC 9585), so that neither its
// client nor a router between gives up. Every so often as the settings say, ten seconds as RFC 9585
// §4 recommends; a command that is done sooner says nothing. Pure: the clock is handed in.
#pragma once

#include <chrono>
#include <string>

#include "mailstore/slice.hpp"

namespace imapd {

class ProgressNotice {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressNotice(Clock::duration interval) : interval_(interval) {}

  /// A command begins.
  void begin(std::string tag, Clock::time_point now);
  /// The line to be said now, "" when it isn't time.
  std::string due(const mailstore::Progress& progress, Clock::time_point now);

 private:
  Clock::duration interval_;
  std::string tag_;
  Clock::time_point last_;
};

/// "* OK [INPROGRESS ("a1" 454 1000)] Still at it\r\n"
std::string render_progress(const std::string& tag, const mailstore::Progress& progress);

}  // namespace imapd
