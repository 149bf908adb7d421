#include "mail/address.hpp"

#include <arpa/inet.h>
#include <idn2.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "mail/address_list.hpp"
#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"

namespace mail {
namespace {

constexpr std::size_t kMaxLocal = 64;    // RFC 5321 §4.5.3.1.1
constexpr std::size_t kMaxSrs = 255;     // an SRS address holds a whole other one
constexpr std::size_t kMaxDomain = 255;  // RFC 5321 §4.5.3.1.2

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

// atext = ALPHA / DIGIT / "!#$%&'*+-/=?^_`{|}~" (RFC 5322 §3.2.3) / UTF8-non-ascii (RFC 6531 §3.3)
bool is_atext(char c) {
  constexpr std::string_view kSpecial = "!#$%&'*+-/=?^_`{|}~";
  return is_alphanumeric(c) || is_8bit(c) || kSpecial.find(c) != std::string_view::npos;
}

// Dot-string = Atom *("." Atom)
bool is_dot_string(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  return text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atext(c); });
}

// Quoted-string = DQUOTE *(qtextSMTP / quoted-pairSMTP) DQUOTE; takes it off the front of `text`.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string content;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return content;
    }
    if (text[i] == '\\' && ++i == text.size()) return std::nullopt;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 32 || c == 127) return std::nullopt;
    content += text[i];
  }
  return std::nullopt;
}

std::optional<std::string> take_local(std::string_view& text) {
  if (text.starts_with('"')) return take_quoted(text);
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || !is_dot_string(text.substr(0, at))) return std::nullopt;
  std::string local(text.substr(0, at));
  text.remove_prefix(at);
  return local;
}

// address-literal = "[" (IPv4-address-literal / "IPv6:" IPv6-addr / General-address-literal) "]"
bool is_address_literal(std::string_view text) {
  if (text.size() < 3 || !text.starts_with('[') || !text.ends_with(']')) return false;
  const std::string inside(text.substr(1, text.size() - 2));
  if (inside.find('\0') != std::string::npos) return false;  // inet_pton would stop there
  std::array<unsigned char, 16> address{};
  if (same_ignoring_case(inside.substr(0, 5), "ipv6:")) {
    return inet_pton(AF_INET6, inside.c_str() + 5, address.data()) == 1;
  }
  return inet_pton(AF_INET, inside.c_str(), address.data()) == 1;
}

// sub-domain = Let-dig [Ldh-str] / U-label. An underscore is let through: hosts have it.
bool is_domain_name(std::string_view domain) {
  std::size_t label = 0;
  for (std::size_t i = 0; i <= domain.size(); ++i) {
    if (i < domain.size() && domain[i] != '.') {
      const char l = domain[i];
      const bool good = is_alphanumeric(l) || l == '-' || l == '_' || is_8bit(l);
      if (!good) return false;
      continue;
    }
    if (i == label || i - label > (is_ascii(domain) ? 63U : kMaxDomain)) return false;
    if (domain[label] == '-' || domain[i - 1] == '-') return false;
    label = i + 1;
  }
  return true;
}

bool is_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > kMaxDomain) return false;
  return domain.front() == '[' ? is_address_literal(domain) : is_domain_name(domain);
}

}  // namespace

bool Address::needs_smtputf8() const { return !is_ascii(local) || !is_ascii(domain); }

std::string Address::to_string() const {
  if (is_null()) return {};
  if (is_dot_string(local)) return domain.empty() ? local : local + '@' + domain;
  std::string text = "\"";
  for (const char c : local) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + (domain.empty() ? "\"" : "\"@" + domain);
}

// srs = ("SRS0" / "SRS1") ("=" / "+" / "-") ...
bool is_srs(std::string_view local) {
  const std::string tag = ascii_lower(local.substr(0, 4));
  return (tag == "srs0" || tag == "srs1") && local.size() > 4 &&
         std::string_view("=+-").find(local[4]) != std::string_view::npos;
}

// Mailbox = Local-part "@" (Domain / address-literal)
std::optional<Address> parse_address(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  auto local = take_local(text);
  if (!local || local->empty()) return std::nullopt;
  if (local->size() > (is_srs(*local) ? kMaxSrs : kMaxLocal)) return std::nullopt;
  if (!text.starts_with('@') || !is_domain(text.substr(1))) return std::nullopt;
  Address address{std::move(*local), std::string(text.substr(1))};
  if (!is_ascii(address.domain) && !domain_to_ascii(address.domain)) return std::nullopt;
  return address;
}

std::optional<std::string> domain_to_ascii(std::string_view domain) {
  if (!is_domain(domain)) return std::nullopt;
  if (is_ascii(domain)) return ascii_lower(domain);
  const std::string terminated(domain);
  char* result = nullptr;
  if (idn2_to_ascii_8z(terminated.c_str(), &result, IDN2_NONTRANSITIONAL) != IDN2_OK) {
    return std::nullopt;
  }
  const std::unique_ptr<char, Free> owned(result);
  return std::string(result);
}

// An A-label that stands for no U-label is its own key: such domains exist, and mail goes there.
std::optional<std::string> domain_key(std::string_view domain) {
  auto ascii = domain_to_ascii(domain);
  if (!ascii || ascii->find("xn--") == std::string::npos) return ascii;
  char* result = nullptr;
  if (idn2_to_unicode_8z8z(ascii->c_str(), &result, IDN2_NONTRANSITIONAL) != IDN2_OK) return ascii;
  const std::unique_ptr<char, Free> owned(result);
  return domain_to_ascii(result) == ascii ? std::string(result) : ascii;
}

std::string local_key(std::string_view local) {
  if (is_ascii(local)) return ascii_lower(local);
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  const std::string valid = repair_utf8(local);
  utf8proc_uint8_t* result = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                   static_cast<utf8proc_ssize_t>(valid.size()), &result, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, Free> owned(result);
  if (length < 0) return valid;
  return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(length)};
}

std::vector<NamedAddress> parse_address_list(std::string_view header_value) {
  std::vector<NamedAddress> list;
  for (AddressEntry& entry : parse_address_entries(header_value)) {
    if (entry.kind != AddressEntry::Kind::kMailbox) continue;
    if (entry.local.empty() || entry.domain.empty()) continue;
    list.push_back({decode_words(entry.name), {guess_utf8(entry.local), guess_utf8(entry.domain)}});
  }
  return list;
}

}  // namespace mail
