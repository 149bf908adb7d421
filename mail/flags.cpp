#include "mail/flags.hpp"

#include <array>
#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

constexpr std::array<std::pair<SystemFlag, std::string_view>, 5> kFlagNames{{
    {kAnswered, "\\Answered"},
    {kFlagged, "\\Flagged"},
    {kDeleted, "\\Deleted"},
    {kSeen, "\\Seen"},
    {kDraft, "\\Draft"},
}};

}  // namespace

std::optional<SystemFlag> parse_system_flag(std::string_view text) {
  for (const auto& [flag, name] : kFlagNames) {
    if (same_ignoring_case(text, name)) return flag;
  }
  return std::nullopt;
}

std::string render_system_flags(std::uint8_t system) {
  std::string text;
  for (const auto& [flag, name] : kFlagNames) {
    if ((system & flag) == 0) continue;
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

}  // namespace mail
