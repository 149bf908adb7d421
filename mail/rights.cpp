#include "mail/rights.hpp"

#include <fmt/format.h>

#include <array>

namespace mail {

namespace {

constexpr Rights kCreateMembers = Right::kCreate | Right::kDelete;
constexpr Rights kDeleteMembers = Right::kDeleteMessages | Right::kExpunge;

struct Letter {
  char letter;
  Rights rights;
};

// In the order RFC 4314 §2.1 names them, as they are shown.
constexpr std::array<Letter, 13> kLetters{{
    {'l', Right::kLookup},
    {'r', Right::kRead},
    {'s', Right::kSeen},
    {'w', Right::kWrite},
    {'i', Right::kInsert},
    {'p', Right::kPost},
    {'k', Right::kCreate},
    {'x', Right::kDelete},
    {'t', Right::kDeleteMessages},
    {'e', Right::kExpunge},
    {'c', kCreateMembers},
    {'d', kDeleteMembers},
    {'a', Right::kAdminister},
}};

ImapSyntaxError not_supported(char letter) {
  if (letter >= 'A' && letter <= 'Z') return {"uppercase rights are not allowed"};
  bool shown = letter > ' ' && letter < '\x7f';
  return {shown ? fmt::format("the right \"{}\" is not supported", letter)
                : "a right is a lowercase letter"};
}

}  // namespace

std::uint8_t permitted_system_flags(Rights rights) {
  std::uint8_t flags = 0;
  if (rights.has(Right::kSeen)) flags |= kSeen;
  if (rights.has(Right::kDeleteMessages)) flags |= kDeleted;
  if (rights.has(Right::kWrite)) flags |= kAnswered | kFlagged | kDraft;
  return flags;
}

FlagSet permitted(FlagSet flags, Rights rights) {
  flags.system &= permitted_system_flags(rights);
  if (!rights.has(Right::kWrite)) flags.keywords.clear();
  return flags;
}

// rights = astring ; only lowercase ASCII letters and digits
ImapResult<Rights> parse_rights(std::string_view text) {
  Rights rights;
  for (char letter : text) {
    const Letter* known = nullptr;
    for (const auto& each : kLetters) {
      if (each.letter == letter) known = &each;
    }
    if (known == nullptr) return unexpected(not_supported(letter));
    rights = rights | known->rights;
  }
  return rights;
}

std::string letters_of(Rights rights) {
  std::string text;
  for (const auto& [letter, members] : kLetters) {
    bool own = members != kCreateMembers && members != kDeleteMembers;
    if (own && rights.has(members)) text += letter;
  }
  return text;
}

std::string render_rights(Rights rights) {
  std::string text;
  for (const auto& [letter, members] : kLetters) {
    if (rights.has_any(members)) text += letter;
  }
  return text;
}

Rights RightsChange::applied_to(Rights before) const {
  switch (mode) {
    case Mode::kAdd: return before | rights;
    case Mode::kRemove: return before - rights;
    case Mode::kReplace: break;
  }
  return rights;
}

// mod-rights = astring ; +rights to add, -rights to remove, rights to replace
ImapResult<RightsChange> parse_rights_change(std::string_view text) {
  RightsChange change;
  if (text.starts_with('+')) change.mode = RightsChange::Mode::kAdd;
  if (text.starts_with('-')) change.mode = RightsChange::Mode::kRemove;
  if (change.mode != RightsChange::Mode::kReplace) text.remove_prefix(1);
  auto rights = parse_rights(text);
  if (!rights) return unexpected(rights.error());
  change.rights = *rights;
  return change;
}

}  // namespace mail
