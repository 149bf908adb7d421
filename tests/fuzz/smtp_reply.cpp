#include "mail/smtp_reply.hpp"

#include <algorithm>

#include "tests/fuzz/targets.hpp"

void fuzz::smtp_reply(std::string_view octets) {
  mail::smtp::ReplyParser parser;
  while (!octets.empty()) {
    const std::size_t end = std::min(octets.find('\n'), octets.size());
    const auto reply = parser.add_line(octets.substr(0, end));
    if (!reply) return;
    if (*reply) check(mail::smtp::render(**reply).ends_with("\r\n"));
    octets.remove_prefix(std::min(end + 1, octets.size()));
  }
}
