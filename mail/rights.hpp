// What a user may do with a mailbox: the rights of an access control list (RFC 4314 §2.1), a letter
// each, and the obsolete "c" and "d" that stand for several (§2.1.1). Pure; lists of rights are
// small sets, passed by value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/flags.hpp"
#include "mail/imap_lexer.hpp"

namespace mail {

enum class Right : std::uint16_t {
  kLookup = 1 << 0,          ///< l: LIST, SUBSCRIBE
  kRead = 1 << 1,            ///< r: SELECT, STATUS
  kSeen = 1 << 2,            ///< s: \Seen
  kWrite = 1 << 3,           ///< w: flags other than \Seen and \Deleted
  kInsert = 1 << 4,          ///< i: APPEND, COPY and MOVE into it
  kPost = 1 << 5,            ///< p: send mail to it; kept, not asked for by IMAP
  kCreate = 1 << 6,          ///< k: mailboxes below it
  kDelete = 1 << 7,          ///< x: the mailbox itself, also by RENAME
  kDeleteMessages = 1 << 8,  ///< t: \Deleted
  kExpunge = 1 << 9,         ///< e: EXPUNGE, CLOSE
  kAdminister = 1 << 10,     ///< a: SETACL and the others
};

class Rights {
 public:
  constexpr Rights() = default;
  constexpr Rights(Right right)  // NOLINT: a right is the set of itself
      : bits_(static_cast<std::uint16_t>(right)) {}
  static constexpr Rights all() { return from_bits((1 << 11) - 1); }

  constexpr bool empty() const { return bits_ == 0; }
  /// All of them.
  constexpr bool has(Rights wanted) const { return (bits_ & wanted.bits_) == wanted.bits_; }
  constexpr bool has_any(Rights wanted) const { return (bits_ & wanted.bits_) != 0; }

  constexpr Rights operator|(Rights other) const { return from_bits(bits_ | other.bits_); }
  constexpr Rights operator&(Rights other) const { return from_bits(bits_ & other.bits_); }
  constexpr Rights operator-(Rights other) const { return from_bits(bits_ & ~other.bits_); }
  constexpr bool operator==(const Rights&) const = default;

 private:
  static constexpr Rights from_bits(int bits) {
    Rights rights;
    rights.bits_ = static_cast<std::uint16_t>(bits);
    return rights;
  }
  std::uint16_t bits_ = 0;
};

constexpr Rights operator|(Right left, Right right) { return Rights(left) | Rights(right); }

/// One of these lets MYRIGHTS tell about a mailbox (RFC 4314 §4).
inline constexpr Rights kAnyOfMyRights = Right::kLookup | Right::kRead | Right::kInsert |
                                         Right::kCreate | Right::kDelete | Right::kAdminister;
/// One of these makes SELECT answer READ-WRITE (RFC 4314 §5.2); flags are shared, \Seen too.
inline constexpr Rights kChanging =
    Right::kInsert | Right::kExpunge | Right::kSeen | Right::kWrite | Right::kDeleteMessages;

/// The system flags that the rights let a user change: "s" \Seen, "t" \Deleted, "w" the others and
/// keywords (RFC 4314 §4).
std::uint8_t permitted_system_flags(Rights rights);
/// What of the flags is left to a user with these rights.
FlagSet permitted(FlagSet flags, Rights rights);

/// "lrs"; "c" is "kx", "d" is "te". What is no right is the client's error (RFC 4314 §3.1).
ImapResult<Rights> parse_rights(std::string_view text);
/// "lrswipkxtea", which parse_rights reads as the very same.
std::string letters_of(Rights rights);
/// As clients see them: "lrswipkxtecda", with "c" and "d" where one of theirs is there; "" for
/// none.
std::string render_rights(Rights rights);

/// What SETACL does to the rights of an identifier.
struct RightsChange {
  enum class Mode { kReplace, kAdd, kRemove };
  Mode mode = Mode::kReplace;
  Rights rights;

  Rights applied_to(Rights before) const;
  bool operator==(const RightsChange&) const = default;
};

/// "lrs", "+i", "-te" (RFC 4314 §3.1).
ImapResult<RightsChange> parse_rights_change(std::string_view text);

}  // namespace mail
