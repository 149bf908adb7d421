// STORE, COPY, MOVE and UID EXPUNGE as plain structs (RFC 9051 §6.4.6 to §6.4.9, RFC 7162 §3.1.3),
// and lists of flags as STORE and APPEND carry them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/flags.hpp"
#include "mail/imap_lexer.hpp"

namespace mail {

/// `FLAGS`, `+FLAGS` or `-FLAGS`.
enum class StoreMode { kReplace, kAdd, kRemove };

struct StoreArguments {
  MessageSet messages;
  std::optional<std::uint64_t> unchanged_since;
  StoreMode mode = StoreMode::kReplace;
  bool silent = false;
  FlagSet flags;
};
ImapResult<StoreArguments> parse_store(std::string_view arguments);

/// COPY and MOVE.
struct CopyArguments {
  MessageSet messages;
  std::string mailbox;
};
ImapResult<CopyArguments> parse_copy(std::string_view arguments);

/// UID EXPUNGE.
ImapResult<MessageSet> parse_uid_expunge(std::string_view arguments);

/// flag-list; \Recent is read and left out, other system flags that nobody knows are an error.
FlagSet parse_flag_list(ImapLexer& lexer);

}  // namespace mail
