// APPEND and REPLACE (RFC 9051 §6.3.12, RFC 3502 MULTIAPPEND, RFC 4469 CATENATE, RFC 6855 §4 UTF8,
// RFC 8508). Their messages are streamed, so the command is read in segments: the text up to a
// literal whose octets are a message's, and what follows it up to the next one or the end. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/date.hpp"
#include "mail/flags.hpp"
#include "mail/imap_lexer.hpp"

namespace mail {

/// A message begins: its flags and date.
struct AppendMessage {
  FlagSet flags;
  std::optional<DateTime> date;
  bool catenate = false;  ///< it is put together from parts
};

/// A part that is copied from another message, as the client wrote its URL.
struct AppendUrl {
  std::string url;
};

/// What a segment says, in its order; the octets of the literal it ends with come after all of it.
using AppendEvent = std::variant<AppendMessage, AppendUrl>;

class AppendReader {
 public:
  enum class Verb { kAppend, kReplace };
  explicit AppendReader(Verb verb) : verb_(verb) {}

  enum class Next {
    kOctets,  ///< the segment ends with the announcement of octets of the message begun last
    kString,  ///< it ends with that of a mailbox name or URL: nothing was read, give it the segment
              ///< with that literal and what follows it
    kEnd,     ///< the command is complete
  };
  /// Reads one segment; the first one is the command's arguments.
  ImapResult<Next> feed(std::string_view segment);

  /// REPLACE: the number of the message that goes; nullopt for "*".
  std::optional<std::uint32_t> replaced() const { return replaced_; }
  /// What is announced is a part of a message (CATENATE), not all of it.
  bool in_parts() const { return state_ == State::kInParts; }
  const std::string& mailbox() const { return mailbox_; }
  std::vector<AppendEvent> take_events() { return std::exchange(events_, {}); }

 private:
  enum class State { kStart, kAfterMessage, kInParts };

  ImapResult<Next> read(std::string_view segment);
  void read_start(ImapLexer& lexer);
  Next read_message(ImapLexer& lexer);
  Next read_parts(ImapLexer& lexer);
  Next read_end(ImapLexer& lexer);
  void read_announcement(ImapLexer& lexer);

  Verb verb_;
  State state_ = State::kStart;
  bool utf8_ = false;  ///< UTF8 (~{...}: a ")" follows the literal
  std::optional<std::uint32_t> replaced_;
  std::string mailbox_;
  std::vector<AppendEvent> events_;
};

}  // namespace mail
