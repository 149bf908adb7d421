// What an IMAP server's data is made of: atoms, strings, NIL and lists of them (RFC 9051 §4), read
// by a client. Reading is liberal, because servers differ in spaces and in what they call an atom;
// it is bounded in depth and linear in time whatever the server sends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"

namespace mail::imap {

struct Node {
  enum class Kind { kNil, kAtom, kString, kList };
  Kind kind = Kind::kNil;
  std::string text;         ///< of an atom or a string, unescaped
  std::vector<Node> items;  ///< of a list

  bool is_nil() const { return kind == Kind::kNil; }
  bool is_list() const { return kind == Kind::kList; }
  /// Whether it is this atom or string, in any case.
  bool is(std::string_view word) const;
  /// The value of decimal digits that fit.
  std::optional<std::uint64_t> number() const;
  /// A 32-bit number above 0: a UID, a sequence number.
  std::optional<std::uint32_t> nz_number() const;
};

/// The values of a response, separated by spaces or by nothing. Literals stand inline, as
/// ResponseReader gathers them. The error says what is wrong.
///   12 (UID 7 BODY[HEADER.FIELDS (TO)]<0> {3}CRLFabc ENVELOPE (NIL "hi" ((NIL NIL "a" "b"))))
Result<std::vector<Node>, std::string> parse_nodes(std::string_view text);

}  // namespace mail::imap
