// Mailbox names as the store keeps them: UTF-8 in NFC, '/' between levels, INBOX in capitals.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailstore {

/// A trailing '/' is dropped (RFC 9051 §6.3.4). nullopt for what can't be a name: empty or with an
/// empty level, no UTF-8, control characters, wildcards of LIST, over 1,000 octets.
std::optional<std::string> store_name(std::string_view name);

/// "a/b/c" → "a", "a/b".
std::vector<std::string> parents_of(std::string_view name);

/// RFC 6154 §2, in any case → as written there; "" for "", nullopt for anything else.
std::optional<std::string> special_use_name(std::string_view text);

}  // namespace mailstore
