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

void append_mailbox_flags(std::string& out, const std::vector<std::string>& keywords,
                          Access access) {
  std::string flags = mail::render_system_flags(kAllSystemFlags);
  for (const auto& keyword : keywords) flags += " " + keyword;
  out += fmt::format("* FLAGS ({})\r\n", flags);
  if (access == Access::kReadOnly) {
    out += "* OK [PERMANENTFLAGS ()] Read-only\r\n";
  } else {
    out += fmt::format("* OK [PERMANENTFLAGS ({} \\*)] Limited\r\n", flags);
  }
}

}  // namespace imapd
