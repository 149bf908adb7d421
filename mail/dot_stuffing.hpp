// Transparency of SMTP's DATA (RFC 5321 §4.5.2), both ends, for octets cut anywhere. The receiver
// is strict on line ends: only CRLF "." CRLF ends a message, and a bare CR or LF is remembered,
// because servers that disagree on what ends a message let mail be smuggled in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mail {

class DotReceiver {
 public:
  /// Appends the message's octets to `message`; returns how many of `octets` it took, which are
  /// all of them until the end is found: what follows belongs to the next command. Once a bare
  /// line end was seen nothing is appended any more, yet the true end is still looked for, so that
  /// the session can refuse the message and stay in step.
  std::size_t feed(std::string_view octets, std::string& message);
  bool done() const { return state_ == State::kDone; }
  bool bare_line_end() const { return bare_; }

 private:
  enum class State { kLineStart, kText, kCr, kDot, kDotCr, kDone };

  std::size_t take_text(std::string_view octets, std::string& message);
  void take_octet(char octet, std::string& message);
  void append(std::string_view octets, std::string& message);

  State state_ = State::kLineStart;
  bool bare_ = false;
};

/// The sender's side: a dot is put before each line that begins with one.
class DotSender {
 public:
  void feed(std::string_view octets, std::string& out);
  /// The last line end, if the message lacks it, and the dot that ends it.
  void finish(std::string& out) const;

 private:
  char last_ = '\n';    ///< the last octet
  char before_ = '\r';  ///< and the one before it
};

/// A whole message as DATA wants it, the final dot included.
std::string dot_stuff(std::string_view message);

}  // namespace mail
