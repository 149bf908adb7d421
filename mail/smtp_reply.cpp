#include "mail/smtp_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mail::smtp {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return out;
}

/// How many of the digits at the front of `text` are one number of an enhanced code.
std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && n < 3 && is_digit(text[n])) ++n;
  return n;
}

// Long replies (a recipient's history, a peer's essay) must not fill memory.
constexpr std::size_t kMaxLines = 512;

}  // namespace

std::string render(const Reply& reply) {
  std::string out;
  for (std::size_t i = 0; i < reply.lines.size(); ++i) {
    const bool last = i + 1 == reply.lines.size();
    fmt::format_to(std::back_inserter(out), "{}{}{}{}{}\r\n", reply.code, last ? ' ' : '-',
                   reply.enhanced, reply.enhanced.empty() ? "" : " ", printable(reply.lines[i]));
  }
  return out;
}

std::string to_line(const Reply& reply) {
  std::string out = std::to_string(reply.code);
  if (!reply.enhanced.empty()) out += " " + reply.enhanced;
  for (const std::string& line : reply.lines) {
    if (!line.empty()) out += " " + printable(line);
  }
  return out;
}

// status-code = ("2"/"4"/"5") "." 1*3DIGIT "." 1*3DIGIT                     RFC 3463 §2
EnhancedText split_enhanced(std::string_view text) {
  const EnhancedText none{{}, text};
  if (text.size() < 5 || std::string_view("245").find(text[0]) == std::string_view::npos ||
      text[1] != '.') {
    return none;
  }
  const std::size_t subject = count_digits(text.substr(2));
  const std::size_t dot = 2 + subject;
  if (subject == 0 || dot >= text.size() || text[dot] != '.') return none;
  const std::size_t detail = count_digits(text.substr(dot + 1));
  const std::size_t end = dot + 1 + detail;
  if (detail == 0 || (end < text.size() && text[end] != ' ')) return none;
  return {text.substr(0, end), end < text.size() ? text.substr(end + 1) : std::string_view{}};
}

// Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
// Reply-code = %x32-35 %x30-35 %x30-39                                      RFC 5321 §4.2
Result<std::optional<Reply>, std::string> ReplyParser::add_line(std::string_view line) {
  const bool coded = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_digit(line[1]) &&
                     is_digit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
  if (!coded) return unexpected(fmt::format("not an SMTP reply: {}", printable(line)));
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (pending_ && pending_->code != code) {
    return unexpected(fmt::format("reply code changed from {} to {}", pending_->code, code));
  }
  if (pending_ && pending_->lines.size() >= kMaxLines) {
    return unexpected(std::string("reply has too many lines"));
  }
  const EnhancedText parts = split_enhanced(line.size() > 4 ? line.substr(4) : std::string_view{});
  if (!pending_) {
    pending_ = Reply(code, std::string(parts.enhanced), std::string(parts.text));
  } else {
    pending_->lines.emplace_back(parts.text);
  }
  if (line.size() > 3 && line[3] == '-') return std::optional<Reply>{};
  std::optional<Reply> whole = std::move(pending_);
  pending_.reset();
  return whole;
}

}  // namespace mail::smtp
