// SMTP replies, both ends: a server renders them, a client reads them line by line. The status
// words of RFC 5321 §4.2, the enhanced status codes of RFC 2034 and RFC 3463. Plain values, no
// state but the lines of a reply that isn't whole yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"

namespace mail::smtp {

struct Reply {
  int code = 0;                    ///< 200 to 599
  std::string enhanced;            ///< "2.1.5", "" if there is none
  std::vector<std::string> lines;  ///< text without codes; at least one, maybe ""

  Reply() = default;
  Reply(int reply_code, std::string enhanced_code, std::string text)
      : code(reply_code), enhanced(std::move(enhanced_code)), lines{std::move(text)} {}

  bool positive() const { return code / 100 == 2; }
  bool intermediate() const { return code / 100 == 3; }
  bool transient() const { return code / 100 == 4; }
  bool permanent() const { return code / 100 == 5; }
  bool operator==(const Reply&) const = default;
};

/// The reply as it goes over the wire, every line with code, enhanced code and CRLF. Control
/// characters in the text become spaces, so that nothing a peer said can end a line.
std::string render(const Reply& reply);

/// "550 5.1.1 No such user": one line for logs and bounces, lines joined by spaces.
std::string to_line(const Reply& reply);

/// Gathers the lines of one reply after the other.
class ReplyParser {
 public:
  /// Takes a line without its CRLF. The reply once its last line came, nullopt while more must
  /// follow, or the reason why `line` can't be a reply line; after an error the connection is out
  /// of step and has to be closed.
  Result<std::optional<Reply>, std::string> add_line(std::string_view line);

 private:
  std::optional<Reply> pending_;
};

/// Splits an enhanced status code off the front: {"5.1.1", "No such user"}; the first is "" when
/// there is none (RFC 2034 §4).
struct EnhancedText {
  std::string_view enhanced;
  std::string_view text;
};
EnhancedText split_enhanced(std::string_view text);

}  // namespace mail::smtp
