// Gathers one response of an IMAP server from octets as they come, literals inline (RFC 9051
// §2.2.2, §4.3). Memory is bounded: a response that grows beyond the limit is an error, and the
// connection has to be closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mail::imap {

class ResponseReader {
 public:
  /// Octets of one response: a whole message has to fit.
  static constexpr std::size_t kMaxResponse = 256u << 20;
  /// Octets of it outside literals; SEARCH on a large mailbox is one long line.
  static constexpr std::size_t kMaxText = 8u << 20;

  enum class Status { kMore, kWhole, kTooLarge };

  /// Takes octets from the front up to the end of one response.
  Status feed(std::string_view& octets);
  /// The whole response without its last line end; the reader then starts anew.
  std::string take();

 private:
  Status feed_text(std::string_view& octets);
  Status end_of_line();
  bool may_have_literals() const;

  std::string text_;
  std::size_t line_begin_ = 0;      ///< where the text after the last literal begins
  std::size_t literals_ = 0;        ///< octets of all literals so far
  std::uint64_t literal_left_ = 0;  ///< octets of the current one still to come
};

}  // namespace mail::imap
