// How far a long command is: one line on stderr, written over and over, and nothing at all when
// stderr is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace mua {

class Progress {
 public:
  Progress();
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Ten times a second at most; what comes in between is dropped.
  void show(const std::string& text);
  /// The line is gone: before anything else is printed.
  void clear();

 private:
  bool is_terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_{};
};

/// "1.5 GB"
std::string octets_text(std::uint64_t octets);

}  // namespace mua
