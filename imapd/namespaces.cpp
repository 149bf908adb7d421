#include "imapd/namespaces.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/mailbox_name.hpp"

namespace imapd {

namespace {

constexpr std::string_view kEscaped = "/*%=";

int hex_digit(char octet) {
  if (octet >= '0' && octet <= '9') return octet - '0';
  return octet >= 'A' && octet <= 'F' ? octet - 'A' + 10 : -1;
}

/// "a=2Fb@example.test" → "a/b@example.test"; what is no escape stays.
std::string address_of(std::string_view level) {
  std::string address;
  for (std::size_t at = 0; at < level.size(); ++at) {
    bool escape = level[at] == '=' && at + 2 < level.size() && hex_digit(level[at + 1]) >= 0 &&
                  hex_digit(level[at + 2]) >= 0;
    if (!escape) {
      address += level[at];
      continue;
    }
    address += static_cast<char>(hex_digit(level[at + 1]) * 16 + hex_digit(level[at + 2]));
    at += 2;
  }
  return address;
}

}  // namespace

std::string level_of(std::string_view address) {
  std::string level;
  for (char octet : address) {
    if (kEscaped.find(octet) == std::string_view::npos)
      level += octet;
    else
      level += fmt::format("={:02X}", static_cast<unsigned char>(octet));
  }
  return level;
}

std::string name_for_others(std::string_view address, std::string_view name) {
  auto full = fmt::format("{}/{}", kOtherUsers, level_of(address));
  if (!name.empty()) full.append("/").append(name);
  return full;
}

bool is_for_others(std::string_view name) {
  return name.starts_with(kOtherUsers) &&
         (name.size() == kOtherUsers.size() || name[kOtherUsers.size()] == '/');
}

std::optional<OthersName> parse_others_name(std::string_view name) {
  if (!is_for_others(name) || name.size() == kOtherUsers.size()) return std::nullopt;
  name.remove_prefix(kOtherUsers.size() + 1);
  auto slash = std::min(name.find('/'), name.size());
  OthersName parsed{address_of(name.substr(0, slash)), ""};
  if (slash < name.size()) {
    parsed.name = mail::canonical_mailbox_name(std::string(name.substr(slash + 1)));
  }
  return parsed;
}

// Only the text before the first wildcard is sure to be there; "%" never crosses a "/".
Reach reach_of_pattern(std::string_view pattern) {
  auto sure = pattern.substr(0, std::min(pattern.find_first_of("*%"), pattern.size()));
  auto both = std::min(sure.size(), kOtherUsers.size());
  if (sure.substr(0, both) != kOtherUsers.substr(0, both)) return Reach::kNone;
  bool deep = pattern.find('*') != std::string_view::npos ||
              std::count(pattern.begin(), pattern.end(), '/') >= 2;
  return deep ? Reach::kMailboxes : Reach::kOwners;
}

}  // namespace imapd
