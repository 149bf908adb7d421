#include "mail/smtp_outgoing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/downgrade.hpp"

namespace mail::smtp {

namespace {

bool fits_one_line(std::string_view line) {
  return std::none_of(line.begin(), line.end(),
                      [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// Parameters come from other servers and from files: nothing in them may end the line or begin
// another parameter.
bool is_parameter_value(std::string_view value) {
  return fits_one_line(value) && value.find(' ') == std::string_view::npos;
}

Reply bad_parameter() {
  return Reply(501, "5.5.4", "An envelope parameter can't be written on one line");
}

/// The address as this server can take it: without SMTPUTF8 only its domain can be spelled
/// otherwise.
Result<std::string, Reply> path(Address address, const Extensions& extensions) {
  if (address.is_null()) return "<>";
  if (address.needs_smtputf8() && !extensions.smtputf8) {
    const auto domain = domain_to_ascii(address.domain);
    if (domain) address.domain = *domain;
    if (address.needs_smtputf8()) {
      return unexpected(Reply(550, "5.6.7", "The server does not take UTF-8 addresses"));
    }
  }
  std::string text = "<" + address.to_string() + ">";
  if (!fits_one_line(text)) {
    return unexpected(Reply(501, "5.1.3", "The address has control characters"));
  }
  return text;
}

bool has_utf8_address(const OutgoingMessage& message) {
  return message.sender.needs_smtputf8() ||
         std::any_of(message.recipients.begin(), message.recipients.end(),
                     [](const OutgoingRecipient& r) { return r.address.needs_smtputf8(); });
}

/// What the server's DATA or BDAT carries.
BodyType most_of(const Extensions& extensions) {
  if (extensions.binarymime && extensions.chunking) return BodyType::kBinaryMime;
  return extensions.eightbitmime ? BodyType::k8BitMime : BodyType::k7Bit;
}

std::string_view body_parameter(BodyType body) {
  switch (body) {
    case BodyType::k7Bit: break;  // what every server takes
    case BodyType::k8BitMime: return " BODY=8BITMIME";
    case BodyType::kBinaryMime: return " BODY=BINARYMIME";
  }
  return "";
}

std::string_view lacking(BodyType most) {
  return most == BodyType::k7Bit ? "8-bit content" : "binary content";
}

std::uint32_t next_code_point(std::string_view& utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t point = size == 1 ? lead : lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    point = (point << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3fU);
  }
  utf8.remove_prefix(size);
  return point;
}

// utf-8;박@example.test → utf-8;\x{BC15}@example.test                            RFC 6533 §3
// "" for octets beyond ASCII that are no UTF-8: they can't be said.
std::string ascii_orcpt(std::string_view orcpt) {
  if (!is_utf8(orcpt)) return "";
  std::string text;
  while (!orcpt.empty()) {
    const std::uint32_t point = next_code_point(orcpt);
    if (point < 0x80) {
      text += static_cast<char>(point);
    } else {
      fmt::format_to(std::back_inserter(text), "\\x{{{:X}}}", point);
    }
  }
  return text;
}

std::uint64_t content_size(const OutgoingMessage& message) {
  return message.pieces ? message.pieces.size : message.content.size();
}

BodyType type_of_content(const OutgoingMessage& message) {
  return message.pieces ? body_type(message.pieces) : body_type(message.content);
}

/// For what can't be done piece by piece; `kept` has it where it isn't in memory anyway.
std::string_view whole_content(const OutgoingMessage& message, std::string& kept) {
  if (!message.pieces) return message.content;
  if (kept.empty()) kept = read_whole(message.pieces);
  return kept;
}

}  // namespace

Result<FittedMessage, Reply> fit(const OutgoingMessage& message, const Extensions& extensions) {
  FittedMessage fitted;
  std::string kept;
  // What came by SMTPUTF8 goes on without it when it turns out not to need it (RFC 6531 §3.4).
  if (message.smtputf8 && !extensions.smtputf8 &&
      (!is_ascii(message.head) || has_utf8_header(whole_content(message, kept)))) {
    return unexpected(Reply(550, "5.6.7", "The server does not take UTF-8 headers"));
  }
  fitted.smtputf8 = extensions.smtputf8 && (message.smtputf8 || has_utf8_address(message));
  fitted.body = std::max(body_type(message.head), type_of_content(message));
  if (const BodyType most = most_of(extensions); fitted.body > most) {
    auto converted = downgrade(whole_content(message, kept), most);
    if (!converted) {
      return unexpected(Reply(554, "5.6.3",
                              fmt::format("The server does not take {}, and the message can't be "
                                          "converted: {}",
                                          lacking(most), converted.error())));
    }
    fitted.body = std::max(body_type(message.head), body_type(*converted));
    fitted.converted = std::move(*converted);
  }
  fitted.size =
      message.head.size() + (fitted.converted ? fitted.converted->size() : content_size(message));
  if (extensions.limit && fitted.size > *extensions.limit) {
    return unexpected(Reply(552, "5.3.4",
                            fmt::format("The message has {} octets, the server takes {}",
                                        fitted.size, *extensions.limit)));
  }
  return fitted;
}

// MAIL FROM: Reverse-path [SP Mail-parameters]                             RFC 5321 §4.1.1.2
Result<std::string, Reply> mail_line(const OutgoingMessage& message, const FittedMessage& fitted,
                                     const Extensions& extensions) {
  const auto sender = path(message.sender, extensions);
  if (!sender) return unexpected(sender.error());
  if (!is_parameter_value(message.ret) || !is_parameter_value(message.envid)) {
    return unexpected(bad_parameter());
  }
  std::string line = "MAIL FROM:" + *sender;
  if (extensions.size) line += " SIZE=" + std::to_string(fitted.size);
  line += body_parameter(fitted.body);
  if (fitted.smtputf8) line += " SMTPUTF8";
  if (message.requiretls && extensions.requiretls) line += " REQUIRETLS";
  if (extensions.dsn && !message.ret.empty()) line += " RET=" + message.ret;
  if (extensions.dsn && !message.envid.empty()) line += " ENVID=" + message.envid;
  return line;
}

// RCPT TO: Forward-path [SP Rcpt-parameters]                               RFC 5321 §4.1.1.3
Result<std::string, Reply> rcpt_line(const OutgoingRecipient& recipient,
                                     const Extensions& extensions) {
  const auto forward = path(recipient.address, extensions);
  if (!forward) return unexpected(forward.error());
  if (!is_parameter_value(recipient.notify) || !is_parameter_value(recipient.orcpt)) {
    return unexpected(bad_parameter());
  }
  std::string line = "RCPT TO:" + *forward;
  if (!extensions.dsn) return line;
  const std::string orcpt = extensions.smtputf8 || is_ascii(recipient.orcpt)
                                ? recipient.orcpt
                                : ascii_orcpt(recipient.orcpt);
  if (!recipient.notify.empty()) line += " NOTIFY=" + recipient.notify;
  if (!orcpt.empty()) line += " ORCPT=" + orcpt;
  return line;
}

}  // namespace mail::smtp
