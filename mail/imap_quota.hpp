// GETQUOTA, GETQUOTAROOT and SETQUOTA as plain structs (RFC 9208 §7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap_lexer.hpp"

namespace mail {

/// GETQUOTA: the root.
ImapResult<std::string> parse_get_quota(std::string_view arguments);

struct SetQuotaArguments {
  std::string root;
  std::vector<std::pair<std::string, std::uint64_t>> limits;  ///< resource, upper case
};
ImapResult<SetQuotaArguments> parse_set_quota(std::string_view arguments);

}  // namespace mail
