#include "imapd/render_quota.hpp"

#include <fmt/format.h>

#include "imapd/wire_name.hpp"
#include "mail/imap_response.hpp"

namespace imapd {

namespace {

std::uint64_t units(std::uint64_t octets) { return octets / 1024 + (octets % 1024 != 0 ? 1 : 0); }

}  // namespace

void append_quota(std::string& out, std::string_view root, const mailstore::Limits& limits,
                  const mailstore::Usage& used, const Enabled& enabled) {
  out += "* QUOTA ";
  mail::append_astring(out, root, enabled.quotes());
  char separator = '(';
  out += ' ';
  const auto resource = [&](std::string_view name, std::uint64_t usage, std::uint64_t limit) {
    if (limit == 0) return;
    out += fmt::format("{}{} {} {}", separator, name, usage, limit);
    separator = ' ';
  };
  resource("STORAGE", units(used.storage), units(limits.storage));
  resource("MESSAGE", used.messages, limits.messages);
  resource("MAILBOX", used.mailboxes, limits.mailboxes);
  out += separator == '(' ? "()\r\n" : ")\r\n";
}

void append_quota_root(std::string& out, std::string_view mailbox, std::string_view root,
                       const Enabled& enabled) {
  out += "* QUOTAROOT ";
  append_name(out, mailbox, enabled);
  if (!root.empty()) {
    out += ' ';
    mail::append_astring(out, root, enabled.quotes());
  }
  out += "\r\n";
}

}  // namespace imapd
