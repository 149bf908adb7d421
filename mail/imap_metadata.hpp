// GETMETADATA and SETMETADATA as plain structs (RFC 5464), and the names of entries: paths below
// /private or /shared, ASCII, in any case (§3.2). A mailbox "" is the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap_lexer.hpp"

namespace mail {

/// How far below the entries named (RFC 5464 §4.2.2).
enum class MetadataDepth { kNone, kChildren, kAll };

struct GetMetadataArguments {
  std::string mailbox;
  std::vector<std::string> entries;
  std::optional<std::uint64_t> max_size;  ///< octets of a value (RFC 5464 §4.2.1)
  MetadataDepth depth = MetadataDepth::kNone;
};
ImapResult<GetMetadataArguments> parse_get_metadata(std::string_view arguments);

struct SetMetadataArguments {
  std::string mailbox;
  std::vector<std::pair<std::string, std::optional<std::string>>> values;  ///< nullopt: remove
};
ImapResult<SetMetadataArguments> parse_set_metadata(std::string_view arguments);

/// One entry or a list of them, as LIST's METADATA has it too (RFC 9590); `lexer` fails for a name
/// that can't be one.
std::vector<std::string> parse_metadata_entries(ImapLexer& lexer);

/// "/private" alone is one too: GETMETADATA asks for what is below it.
bool is_metadata_entry(std::string_view name);
/// Whether an entry may have that name (RFC 5464 §3.2).
bool is_settable_entry(std::string_view name);
bool is_private_entry(std::string_view name);

}  // namespace mail
