#include "mail/imap_url.hpp"

#include <algorithm>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"

namespace mail {

namespace {

constexpr auto kNowhere = std::string_view::npos;

auto wrong(std::string reason) { return unexpected(ImapSyntaxError{std::move(reason)}); }

// pct-encoded = "%" HEXDIG HEXDIG      the result must be UTF-8 without NUL
std::optional<std::string> decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_utf8(result) || result.find('\0') != std::string::npos) return std::nullopt;
  return result;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view word) {
  const auto found = std::search(text.begin(), text.end(), word.begin(), word.end(),
                                 [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
  return found == text.end() ? kNowhere : static_cast<std::size_t>(found - text.begin());
}

/// Takes ";NAME=value" from the end of `text`, and the "/" before it.
std::optional<std::string_view> take_parameter(std::string_view& text, std::string_view name) {
  const std::size_t at = find_ignoring_case(text, name);
  if (at == kNowhere) return std::nullopt;
  const std::string_view value = text.substr(at + name.size());
  text = text.substr(0, at);
  if (text.ends_with('/')) text.remove_suffix(1);
  return value;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc() && end == last;
}

// partial-range = number ["." nz-number]
std::optional<Partial> parse_range(std::string_view text) {
  Partial partial{0, UINT64_MAX};
  const std::size_t dot = text.find('.');
  if (!read_number(text.substr(0, dot), partial.offset)) return std::nullopt;
  if (dot == kNowhere) return partial;
  const bool right = read_number(text.substr(dot + 1), partial.length) && partial.length > 0;
  return right ? std::optional(partial) : std::nullopt;
}

// inetwork-path = "//" [iuserinfo "@"] host [ ":" port ]      iuserinfo = enc-user [";AUTH=" ...]
bool read_server(std::string_view authority, ImapUrl& url) {
  const std::size_t at = authority.rfind('@');
  if (at != kNowhere) {
    const auto info = authority.substr(0, at);
    const auto user = decoded(info.substr(0, info.find(';')));
    if (!user) return false;
    url.user = *user;
  }
  const auto host = decoded(authority.substr(at == kNowhere ? 0 : at + 1));
  if (!host) return false;
  const bool bracketed = host->starts_with('[');
  const std::size_t colon =
      host->find(':', bracketed ? std::min(host->find(']'), host->size()) : 0);
  url.host = host->substr(0, colon);
  return !url.host.empty();
}

// imailbox-ref = enc-mailbox [";UIDVALIDITY=" nz-number]
bool read_mailbox(std::string_view path, ImapUrl& url) {
  if (const auto validity = take_parameter(path, ";UIDVALIDITY=")) {
    if (!read_number(*validity, url.uid_validity) || url.uid_validity == 0) return false;
  }
  if (path.empty()) return true;
  url.mailbox = decoded(path);
  return url.mailbox.has_value();
}

}  // namespace

// imapurl = ["imap://" [user "@"] host] ["/" mailbox [";UIDVALIDITY=" n]] "/;UID=" n
//           ["/;SECTION=" section] ["/;PARTIAL=" n ["." n]]
ImapResult<ImapUrl> parse_imap_url(std::string_view text) {
  ImapUrl url;
  if (find_ignoring_case(text, ";URLAUTH=") != kNowhere) return wrong("URLAUTH is not known here");
  const bool named = same_ignoring_case(text.substr(0, 7), "imap://");
  if (named) text.remove_prefix(5);
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const std::size_t end = std::min(text.find('/'), text.size());
    if (!read_server(text.substr(0, end), url)) return wrong("the URL names no host");
    text.remove_prefix(end);
  }
  if (text.starts_with('/')) text.remove_prefix(1);
  if (const auto range = take_parameter(text, ";PARTIAL=")) {
    url.partial = parse_range(*range);
    if (!url.partial) return wrong("the URL's PARTIAL is no range");
  }
  if (const auto section = take_parameter(text, ";SECTION=")) {
    const auto plain = decoded(*section);
    auto parsed = plain ? parse_section_name(*plain) : std::nullopt;
    if (!parsed) return wrong("the URL's SECTION is none");
    url.section = std::move(*parsed);
  }
  const auto uid = take_parameter(text, ";UID=");
  if (!uid || !read_number(*uid, url.uid) || url.uid == 0) return wrong("the URL names no message");
  if (!read_mailbox(text, url)) return wrong("the URL's mailbox name is none");
  return url;
}

}  // namespace mail
