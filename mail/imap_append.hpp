// APPEND (RFC 9051 §6.3.12, RFC 3502 MULTIAPPEND, RFC 6855 §4 UTF8). Its messages are streamed, so
// it is parsed in pieces: what stands before a message's octets, and what follows them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/date.hpp"
#include "mail/flags.hpp"
#include "mail/imap_lexer.hpp"
#include "mail/imap_store.hpp"

namespace mail {

/// One message's flags and date, up to its literal.
struct AppendMessage {
  FlagSet flags;
  std::optional<DateTime> date;
  bool utf8 = false;  ///< UTF8 (~{...}): a ")" follows the literal
};

struct AppendArguments {
  std::string mailbox;
  AppendMessage message;
};

/// `arguments` end with the announcement of the message: "Drafts (\Draft) {310}".
ImapResult<AppendArguments> parse_append(std::string_view arguments);

/// What follows a message's octets: nothing, or another message announced: " (\Seen) {12}".
ImapResult<std::optional<AppendMessage>> parse_append_rest(std::string_view text,
                                                           const AppendMessage& before);

}  // namespace mail
