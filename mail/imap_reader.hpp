// Gathers one IMAP command from octets as they come (RFC 9051 §2.2.1, RFC 7888). It never answers:
// when a literal is announced it says so, and the session decides whether to keep it (and writes
// "+ "), to take its octets itself (APPEND streams them to disk), or to refuse the command. The
// text it gathers has the literals inline, as ImapLexer reads them. Memory is bounded by the line
// limit and by the literals the session chose to keep.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace mail {

class ImapReader {
 public:
  /// Everything fed was taken; the command goes on.
  struct NeedMore {};
  /// The text so far ends with this literal's announcement; answer with one of keep_literal,
  /// literal_taken and reset.
  struct NeedLiteral {
    std::uint64_t size = 0;     ///< UINT64_MAX when it was larger than any number
    bool synchronizing = true;  ///< the client waits for "+ "
  };
  /// The command is complete: `take_text`.
  struct Complete {};
  /// A line beyond the limit; it was skipped to its end. `take_text` has its beginning.
  struct Overlong {};
  using Event = std::variant<NeedMore, NeedLiteral, Complete, Overlong>;

  static constexpr std::size_t kMaxLine = 64u << 10;  ///< octets of a command without its literals

  /// Consumes from the front of `octets` until something is to be told.
  Event feed(std::string_view& octets);

  /// The announced literal is gathered into the text.
  void keep_literal();
  /// The caller has consumed the announced literal; `text` starts anew with what follows it.
  void literal_taken();
  /// Forgets the command: what is fed next is a new one.
  void reset();

  std::string_view text() const { return text_; }
  std::string take_text();
  /// Nothing of a command has been fed yet.
  bool idle() const { return text_.empty() && state_ == State::kLine; }

 private:
  enum class State { kLine, kAsked, kLiteral, kSkipLine, kSkipLiteral };

  Event end_of_line();
  void start_skipping(std::string_view line);
  Event skip_line(std::string_view& octets);
  bool take_octets(std::string_view& octets);

  State state_ = State::kLine;
  std::string text_;
  std::string tail_;  ///< the last octets of a line that is skipped: they may announce a literal
  std::size_t line_octets_ = 0;
  std::uint64_t pending_ = 0;  ///< octets of the literal still to come
};

}  // namespace mail
