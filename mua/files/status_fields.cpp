#include "mua/files/status_fields.hpp"

#include <array>
#include <sstream>
#include <utility>

#include "mail/header.hpp"

namespace mua::files {

namespace {

struct StatusLetter {
  char letter;
  mail::SystemFlag flag;
};

constexpr std::array<StatusLetter, 4> kStatusLetters{
    {{'A', mail::kAnswered}, {'F', mail::kFlagged}, {'D', mail::kDeleted}, {'T', mail::kDraft}}};

bool has_field(std::string_view message, std::string_view name) {
  return mail::find_field(message, name).has_value();
}

/// Cuts the first field of that name out; its value, "" if there is none.
std::string take_field(std::string& message, std::string_view name) {
  const auto field = mail::find_field(message, name);
  if (!field) return "";
  std::string value = mail::unfold(field->value);
  const auto begin = static_cast<std::size_t>(field->whole.data() - message.data());
  message.erase(begin, field->whole.size());
  return value;
}

void set(mail::FlagSet& flags, std::uint8_t flag) {
  flags.system = static_cast<std::uint8_t>(flags.system | flag);
}

}  // namespace

std::string status_fields(const mail::FlagSet& flags, std::string_view message) {
  std::string out = (flags.system & mail::kSeen) ? "Status: RO\n" : "Status: O\n";
  std::string letters, keywords;
  for (const auto& [letter, flag] : kStatusLetters) {
    if (flags.system & flag) letters += letter;
  }
  for (const std::string& keyword : flags.keywords) {
    keywords += (keywords.empty() ? "" : " ") + keyword;
  }
  if (!letters.empty() || has_field(message, "x-status")) out += "X-Status: " + letters + "\n";
  if (!keywords.empty() || has_field(message, "x-keywords")) {
    out += "X-Keywords: " + keywords + "\n";
  }
  return out;
}

mail::FlagSet take_status_fields(std::string& message) {
  mail::FlagSet flags;
  const std::string status = take_field(message, "status");
  if (status.find('R') != std::string::npos) set(flags, mail::kSeen);
  const std::string letters = take_field(message, "x-status");
  for (const auto& [letter, flag] : kStatusLetters) {
    if (letters.find(letter) != std::string::npos) set(flags, flag);
  }
  std::istringstream keywords(take_field(message, "x-keywords"));
  for (std::string keyword; keywords >> keyword;) flags.keywords.push_back(std::move(keyword));
  return flags;
}

}  // namespace mua::files
