#include "mail/smtp_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace mail::smtp {

namespace {

bool equals(std::string_view a, std::string_view upper_b) {
  return std::equal(a.begin(), a.end(), upper_b.begin(), upper_b.end(), [](char x, char y) {
    return (x >= 'a' && x <= 'z' ? static_cast<char>(x - 'a' + 'A') : x) == y;
  });
}

std::string upper_name(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

bool is_xchar(unsigned char c) { return c > ' ' && c < 0x7f && c != '+' && c != '='; }

// xtext = *( xchar / hexchar );  hexchar = "+" 2( DIGIT / A-F )              RFC 3461 §4
bool is_xtext(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
      i += 2;
    } else if (!is_xchar(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

/// False: the value is none of this keyword's.
template <class Target>
using Setter = bool (*)(std::string_view value, Target& target);

template <class Target>
struct Keyword {
  std::string_view name;
  enum class Value { kNone, kRequired } value;
  Setter<Target> set;
  std::string_view expected;  ///< said when the value is wrong
};

// size-value = 1*20DIGIT                                                     RFC 1870 §4
bool set_size(std::string_view value, MailFrom& mail) {
  if (value.size() > 20) return false;
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
  if (end != value.data() + value.size() || error == std::errc::invalid_argument) return false;
  mail.size = error == std::errc::result_out_of_range ? UINT64_MAX : size;
  return true;
}

// body-value = "7BIT" / "8BITMIME" / "BINARYMIME"                RFC 6152 §4, RFC 3030 §3
bool set_body(std::string_view value, MailFrom& mail) {
  for (std::string_view known : {"7BIT", "8BITMIME", "BINARYMIME"}) {
    if (!equals(value, known)) continue;
    mail.body = known;
    return true;
  }
  return false;
}

bool set_smtputf8(std::string_view, MailFrom& mail) {
  mail.smtputf8 = true;
  return true;
}

// REQUIRETLS                                                                 RFC 8689 §2
bool set_requiretls(std::string_view, MailFrom& mail) {
  mail.requiretls = true;
  return true;
}

// AUTH=( xtext mailbox / "<>" )                                              RFC 4954 §5
bool set_auth(std::string_view value, MailFrom& mail) {
  if (value != "<>" && !is_xtext(value)) return false;
  mail.auth = value;
  return true;
}

// ret-value = "FULL" / "HDRS"                                                RFC 3461 §4.3
bool set_ret(std::string_view value, MailFrom& mail) {
  if (!equals(value, "FULL") && !equals(value, "HDRS")) return false;
  mail.ret = upper_name(value);
  return true;
}

// envid-parameter = "ENVID=" xtext, at most 100 octets                       RFC 3461 §4.4
bool set_envid(std::string_view value, MailFrom& mail) {
  if (!is_xtext(value) || value.size() > 100) return false;
  mail.envid = value;
  return true;
}

// notify-esmtp-value = "NEVER" / 1#( "SUCCESS" / "FAILURE" / "DELAY" )       RFC 3461 §4.1
bool set_notify(std::string_view value, RcptTo& rcpt) {
  const std::string events = upper_name(value);
  rcpt.notify = events;
  if (events == "NEVER") return true;
  for (std::string_view rest = events;;) {
    const std::size_t comma = rest.find(',');
    const std::string_view event = rest.substr(0, comma);
    if (event != "SUCCESS" && event != "FAILURE" && event != "DELAY") return false;
    if (comma == std::string_view::npos) return true;
    rest.remove_prefix(comma + 1);
  }
}

// orcpt-parameter = "ORCPT=" addr-type ";" xtext, at most 500 octets         RFC 3461 §4.2
// With addr-type utf-8 the address may be UTF-8 or have \x{HEX}.             RFC 6533 §3
bool set_orcpt(std::string_view value, RcptTo& rcpt) {
  const std::size_t semicolon = value.find(';');
  if (semicolon == 0 || semicolon == std::string_view::npos || value.size() > 500) return false;
  const std::string_view type = value.substr(0, semicolon);
  const std::string_view address = value.substr(semicolon + 1);
  const bool utf8 = equals(type, "UTF-8");
  if (address.empty() || !is_xtext(type) || (!utf8 && !is_xtext(address))) return false;
  rcpt.orcpt = value;
  return true;
}

using MailKeyword = Keyword<MailFrom>;
constexpr std::array kMailKeywords{
    MailKeyword{"SIZE", MailKeyword::Value::kRequired, set_size, "a number of octets"},
    MailKeyword{"BODY", MailKeyword::Value::kRequired, set_body, "7BIT, 8BITMIME or BINARYMIME"},
    MailKeyword{"SMTPUTF8", MailKeyword::Value::kNone, set_smtputf8, "no value"},
    MailKeyword{"REQUIRETLS", MailKeyword::Value::kNone, set_requiretls, "no value"},
    MailKeyword{"AUTH", MailKeyword::Value::kRequired, set_auth, "an address as xtext or <>"},
    MailKeyword{"RET", MailKeyword::Value::kRequired, set_ret, "FULL or HDRS"},
    MailKeyword{"ENVID", MailKeyword::Value::kRequired, set_envid, "xtext of at most 100 octets"},
};

using RcptKeyword = Keyword<RcptTo>;
constexpr std::array kRcptKeywords{
    RcptKeyword{"NOTIFY", RcptKeyword::Value::kRequired, set_notify,
                "NEVER, or SUCCESS, FAILURE, DELAY with commas between"},
    RcptKeyword{"ORCPT", RcptKeyword::Value::kRequired, set_orcpt, "type;address as xtext"},
};

template <class Target, std::size_t N>
std::optional<Reply> read_one(std::string_view parameter, const std::array<Keyword<Target>, N>& all,
                              std::vector<std::string_view>& seen, Target& target) {
  const std::size_t equal = parameter.find('=');
  const std::string_view name = parameter.substr(0, equal);
  const auto keyword = std::find_if(all.begin(), all.end(), [&](const Keyword<Target>& known) {
    return equals(name, known.name);
  });
  if (keyword == all.end()) {
    return Reply(555, "5.5.4", fmt::format("Parameter {} is not known here", name));
  }
  if (std::find(seen.begin(), seen.end(), keyword->name) != seen.end()) {
    return Reply(501, "5.5.4", fmt::format("Parameter {} stands there twice", keyword->name));
  }
  seen.push_back(keyword->name);
  const bool has_value = equal != std::string_view::npos && equal + 1 < parameter.size();
  const bool wants_value = keyword->value == Keyword<Target>::Value::kRequired;
  const bool bare = equal == std::string_view::npos;
  const bool fits = wants_value ? has_value : bare;
  if (!fits || !keyword->set(has_value ? parameter.substr(equal + 1) : "", target)) {
    return Reply(501, "5.5.4", fmt::format("{} takes {}", keyword->name, keyword->expected));
  }
  return std::nullopt;
}

// Mail-parameters = esmtp-param *( SP esmtp-param )
// esmtp-param = esmtp-keyword [ "=" esmtp-value ]                            RFC 5321 §4.1.2
template <class Target, std::size_t N>
std::optional<Reply> read_all(std::string_view text, const std::array<Keyword<Target>, N>& all,
                              Target& target) {
  std::vector<std::string_view> seen;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    const std::string_view parameter = text.substr(0, text.find(' '));
    if (auto wrong = read_one(parameter, all, seen, target)) return wrong;
    text.remove_prefix(parameter.size());
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reply> read_mail_parameters(std::string_view text, MailFrom& mail) {
  return read_all(text, kMailKeywords, mail);
}

std::optional<Reply> read_rcpt_parameters(std::string_view text, RcptTo& rcpt) {
  return read_all(text, kRcptKeywords, rcpt);
}

std::string to_xtext(std::string_view text) {
  std::string out;
  for (unsigned char c : text) {
    if (is_xchar(c)) {
      out += static_cast<char>(c);
    } else {
      out += fmt::format("+{:02X}", c);
    }
  }
  return out;
}

std::optional<std::string> from_xtext(std::string_view xtext) {
  if (!is_xtext(xtext)) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < xtext.size(); ++i) {
    if (xtext[i] != '+') {
      out += xtext[i];
      continue;
    }
    out += static_cast<char>(std::stoi(std::string(xtext.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return out;
}

}  // namespace mail::smtp
