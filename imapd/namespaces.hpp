// The namespaces of mailbox names (RFC 2342, RFC 9051 §6.3.10): one's own mailboxes have no prefix,
// those of others stand below "Other Users/", with the owner's address as the next level:
//
//   Other Users/bob@example.test/Project/Plans
//
// Pure: names alone, in the store's form (UTF-8).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imapd {

inline constexpr std::string_view kOtherUsers = "Other Users";

/// What comes after NAMESPACE: personal, other users', shared.
inline constexpr std::string_view kNamespaces = R"((("" "/")) (("Other Users/" "/")) NIL)";

/// An address as one level of a name: what would part levels, or be a wildcard, as "=2F".
std::string level_of(std::string_view address);

/// "Other Users/bob@example.test/INBOX"; without a name, the level above.
std::string name_for_others(std::string_view address, std::string_view name = {});

/// A name below "Other Users/".
struct OthersName {
  std::string address;
  std::string name;  ///< in the owner's account; "" when there is none
};
/// nullopt for one's own names.
std::optional<OthersName> parse_others_name(std::string_view name);
/// "Other Users" itself and what is below it.
bool is_for_others(std::string_view name);

/// How deep below others' namespace a pattern of LIST may reach: not at all, to its two upper
/// levels, which are known without opening an account, or to mailboxes.
enum class Reach { kNone, kOwners, kMailboxes };
Reach reach_of_pattern(std::string_view pattern);

}  // namespace imapd
