// mbox: the messages of a mailbox in one file (RFC 4155 and the families it tells of). Each begins
// with a line such as
//
//   From alice@example.test Sat Nov 21 12:21:59 2026
//
// (from_line.hpp) and ends with an empty line. The families differ in what they do with lines of
// the text that begin with "From ": mboxrd puts ">" before it and before every ">From ", which can
// be undone; mboxo before "From " alone, which can't always; mboxcl does what mboxo does and tells
// the length in Content-Length; mboxcl2 tells the length and leaves the text alone.
//
// Reading takes a message at a time, however long the file is. A Content-Length is believed when it
// leads to the next "From " line or to the end. "From " lines count only after an empty line and
// with a date; other lines that begin so are text, which is told.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "mua/files/stored_message.hpp"

namespace mua::files {

enum class MboxKind { kAuto, kRd, kO, kCl, kCl2 };
/// "mboxrd"; nullopt for other words.
std::optional<MboxKind> parse_mbox_kind(std::string_view word);

class MboxReader {
 public:
  /// `in` outlives it; `name` is for `place` and warnings.
  MboxReader(std::istream& in, std::string name, MboxKind kind);

  /// nullopt at the end. Throws Failure when the file does not begin as an mbox does, with file and
  /// octet.
  std::optional<StoredMessage> next();
  /// What was odd, with file and octet, since the last call.
  std::vector<std::string> take_warnings();
  /// Octets read.
  std::uint64_t position() const { return position_; }

 private:
  /// Octets from `at` on are in the buffer, as many as there are; false at the end of the file.
  bool have(std::size_t octets);
  /// The line at the front, its end included; "" at the end of the file.
  std::string_view peek_line();
  void drop(std::size_t octets);
  void find_beginning();
  std::string read_header();
  std::optional<std::string> body_of_length(std::uint64_t length);
  std::string body_by_lines();
  void warn(const std::string& what);

  std::istream& in_;
  std::string name_;
  MboxKind kind_;
  std::string buffer_;
  std::size_t at_ = 0;          ///< in buffer_
  std::uint64_t position_ = 0;  ///< of it in the file
  bool begun_ = false;
  std::vector<std::string> warnings_;
};

/// "Content-Length: 1234" at the top of its header as a number, and out of it. An empty one, which
/// is there to shield the message's own, says nothing.
std::optional<std::uint64_t> take_length(std::string& header);

/// The message as it stands in an mbox of that kind, its "From " line before it and the empty line
/// behind it.
std::string render_mbox(const StoredMessage& message, MboxKind kind);

}  // namespace mua::files
