#include "imapd/render_flags.hpp"

#include <fmt/format.h>

#include "mail/flags.hpp"

namespace imapd {

namespace {

constexpr unsigned kFirstKeywordBit = 8;
constexpr std::uint8_t kAllSystemFlags =
    mail::kSeen | mail::kAnswered | mail::kFlagged | mail::kDeleted | mail::kDraft;

void append_keywords(std::string& out, mailstore::FlagBits flags,
                     const std::vector<std::string>& keywords) {
  for (std::size_t slot = 0; slot < keywords.size(); ++slot) {
    if ((flags >> (slot + kFirstKeywordBit) & 1) == 0) continue;
    if (!out.ends_with('(')) out += ' ';
    out += keywords[slot];
  }
}

}  // namespace

void append_flags(std::string& out, mailstore::FlagBits flags,
                  const std::vector<std::string>& keywords, Recency recency) {
  out += "FLAGS (";
  auto system = static_cast<std::uint8_t>(flags & kAllSystemFlags);
  if (system != 0) out += mail::render_system_flags(system);
  if (flags >> kFirstKeywordBit != 0) append_keywords(out, flags, keywords);
  if (recency == Recency::kRecent) out += out.ends_with('(') ? "\\Recent" : " \\Recent";
  out += ')';
}

void append_mailbox_flags(std::string& out, const std::vector<std::string>& keywords, Access access,
                          mail::Rights rights) {
  auto list = [&keywords](mail::Rights allowed) {
    std::string flags = mail::render_system_flags(mail::permitted_system_flags(allowed));
    if (!allowed.has(mail::Right::kWrite)) return flags;
    for (const auto& keyword : keywords) flags += " " + keyword;
    return flags;
  };
  out += fmt::format("* FLAGS ({})\r\n", list(mail::Rights::all()));
  if (access == Access::kReadOnly) {
    out += "* OK [PERMANENTFLAGS ()] Read-only\r\n";
    return;
  }
  auto permanent = list(rights);
  if (rights.has(mail::Right::kWrite)) permanent += " \\*";
  out += fmt::format("* OK [PERMANENTFLAGS ({})] Limited\r\n", permanent);
}

}  // namespace imapd
