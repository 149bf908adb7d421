#include "mailstore/mailbox_name.hpp"

#include <algorithm>
#include <cctype>

#include "mail/mailbox_name.hpp"
#include "mail/normal_form.hpp"

namespace mailstore {

namespace {

constexpr std::size_t kLongestName = 1000;

bool has_forbidden_character(std::string_view name) {
  for (std::size_t at = 0; at < name.size(); ++at) {
    const auto octet = static_cast<unsigned char>(name[at]);
    if (octet < 0x20 || octet == 0x7f || octet == '*' || octet == '%') return true;
    // U+0080 to U+009F, and the line and paragraph separators (RFC 9051 §5.1).
    if (octet == 0xc2 && static_cast<unsigned char>(name[at + 1]) < 0xa0) return true;
    if (name.substr(at, 3) == "\u2028" || name.substr(at, 3) == "\u2029") return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> store_name(std::string_view name) {
  if (name.ends_with('/')) name.remove_suffix(1);
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  auto normal = mail::nfc(name);
  if (!normal || normal->size() > kLongestName || has_forbidden_character(*normal))
    return std::nullopt;
  if (normal->starts_with('/') || normal->ends_with('/') || normal->find("//") != std::string::npos)
    return std::nullopt;
  return mail::canonical_mailbox_name(*std::move(normal));
}

std::vector<std::string> parents_of(std::string_view name) {
  std::vector<std::string> parents;
  for (auto slash = name.find('/'); slash != std::string_view::npos;
       slash = name.find('/', slash + 1))
    parents.emplace_back(name.substr(0, slash));
  return parents;
}

std::optional<std::string> special_use_name(std::string_view text) {
  static constexpr std::string_view kKnown[] = {"",          "\\All",  "\\Archive", "\\Drafts",
                                                "\\Flagged", "\\Junk", "\\Sent",    "\\Trash"};
  const auto same_letter = [](unsigned char left, unsigned char right) {
    return std::tolower(left) == std::tolower(right);
  };
  for (std::string_view each : kKnown)
    if (std::equal(text.begin(), text.end(), each.begin(), each.end(), same_letter))
      return std::string(each);
  return std::nullopt;
}

}  // namespace mailstore
