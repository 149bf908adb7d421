// The words of an IMAP command (RFC 9051 §9, RFC 3501 §9), read from the front of a text in which
// literals stand inline ("{3}\r\nfoo"), as ImapReader gathers it. Failure is sticky: after the
// first thing that is wrong every reader returns something empty and `error` says what was
// expected, so a parser reads straight on and asks once, at the end, with `finish`. The lexer
// borrows its text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mail/result.hpp"
#include "mail/sequence_set.hpp"

namespace mail {

/// What is wrong with a command, in words for the tagged BAD.
struct ImapSyntaxError {
  std::string reason;
};

template <class T>
using ImapResult = Result<T, ImapSyntaxError>;

/// Numbers a command names: a set, or "$", the result that SEARCH saved (RFC 5182).
struct MessageSet {
  SequenceSet set;
  bool saved = false;
};

class ImapLexer {
 public:
  explicit ImapLexer(std::string_view text) : rest_(text), size_(text.size()) {}

  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }
  bool at_end() const { return rest_.empty(); }
  /// The next octet, NUL at the end or after a failure.
  char peek() const { return ok() && !rest_.empty() ? rest_.front() : '\0'; }
  std::string_view rest() const { return rest_; }
  /// The text ends where the octets of a literal that a string needs are still to come.
  bool awaits_literal() const { return awaits_literal_; }
  /// Notes what was expected; only the first failure counts.
  void fail(std::string_view expected);

  /// Consumes the octet when it is next.
  bool accept(char octet);
  /// Consumes `text` in any case when it is next; a word is not told from a longer one.
  bool accept(std::string_view text);
  void expect(char octet);
  void space() { expect(' '); }

  /// 1*ATOM-CHAR.
  std::string_view atom();
  /// An atom in upper case: the keywords of the grammar.
  std::string word();
  /// 1*ASTRING-CHAR / string.
  std::string astring();
  /// quoted / literal; quoted octets above 127 must be UTF-8 (RFC 9051 §4.3).
  std::string string();
  /// string / literal8 (RFC 3516).
  std::string string8();
  /// "NIL" / string.
  std::optional<std::string> nstring();
  /// 1*list-char / string: a mailbox pattern.
  std::string list_mailbox();
  /// "\" atom / atom: a flag, its backslash kept.
  std::string flag();
  std::uint32_t number();
  std::uint32_t nz_number();
  std::uint64_t number64();
  SequenceSet sequence_set();
  /// sequence-set / "$".
  MessageSet message_set();

  /// The value when all of the text was read and right, else the error.
  template <class T>
  ImapResult<T> finish(T value) {
    if (ok() && !at_end()) fail("the end of the command");
    if (!ok()) return unexpected(ImapSyntaxError{error_});
    return value;
  }

 private:
  std::string_view take_while(bool (*wanted)(char));
  std::string quoted();
  std::string literal(bool binary);

  std::string_view rest_;
  std::size_t size_;
  std::string error_;
  bool awaits_literal_ = false;
};

/// What an atom may hold: no specials, no controls, 7 bits.
bool is_atom_char(char octet);

/// ASCII letters in upper case.
std::string to_upper(std::string_view text);

}  // namespace mail
