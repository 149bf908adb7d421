// LIST with its extensions (RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154), LSUB and STATUS as
// plain structs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_lexer.hpp"

namespace mail {

/// What STATUS can ask for (RFC 9051 §6.3.11, RFC 3501 RECENT, RFC 7162 HIGHESTMODSEQ, RFC 7889).
enum class StatusItem {
  kMessages,
  kRecent,
  kUidNext,
  kUidValidity,
  kUnseen,
  kDeleted,
  kSize,
  kHighestModSeq,
  kAppendLimit,
  kMailboxId,       ///< RFC 8474
  kDeletedStorage,  ///< RFC 9208
};

struct StatusArguments {
  std::string mailbox;
  std::vector<StatusItem> items;
};
ImapResult<StatusArguments> parse_status(std::string_view arguments);
std::string_view render_status_item(StatusItem item);

/// Selection and return options are sets of flags, because the grammar lets them come in any order.
struct ListArguments {
  bool extended = false;  ///< any option or more than one pattern was given
  bool select_subscribed = false;
  bool select_special_use = false;
  bool recursive_match = false;
  bool return_subscribed = false;
  bool return_children = false;
  bool return_special_use = false;
  bool return_my_rights = false;               ///< RFC 8440
  std::vector<std::string> return_metadata{};  ///< entries (RFC 9590)
  std::vector<StatusItem> return_status;
  std::string reference;
  std::vector<std::string> patterns;
};
ImapResult<ListArguments> parse_list(std::string_view arguments);

/// reference and pattern alone.
ImapResult<ListArguments> parse_lsub(std::string_view arguments);

}  // namespace mail
