#include "mail/smtp_outgoing.hpp"

#include <algorithm>

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

bool needs_smtputf8(const OutgoingMessage& message) {
  return message.smtputf8 || message.sender.needs_smtputf8() ||
         std::any_of(message.recipients.begin(), message.recipients.end(),
                     [](const OutgoingRecipient& r) { return r.address.needs_smtputf8(); });
}

/// " BODY=8BITMIME", "" for what every server takes.
Result<std::string, Reply> body_parameter(std::string_view content, const Extensions& extensions) {
  switch (body_type(content)) {
    case BodyType::k7Bit: return "";
    case BodyType::k8BitMime:
      if (extensions.eightbitmime) return " BODY=8BITMIME";
      return unexpected(Reply(554, "5.6.3", "The server does not take 8-bit content"));
    case BodyType::kBinaryMime:
      if (extensions.binarymime && extensions.chunking) return " BODY=BINARYMIME";
      return unexpected(Reply(554, "5.6.3", "The server does not take binary content"));
  }
  return "";
}

}  // namespace

BodyType body_type(std::string_view content) {
  BodyType type = BodyType::k7Bit;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    const bool stray = c == '\0' ||
                       (c == '\r' && (i + 1 == content.size() || content[i + 1] != '\n')) ||
                       (c == '\n' && (i == 0 || content[i - 1] != '\r'));
    if (stray) return BodyType::kBinaryMime;
    if (static_cast<unsigned char>(c) >= 0x80) type = BodyType::k8BitMime;
  }
  return type;
}

// MAIL FROM: Reverse-path [SP Mail-parameters]                             RFC 5321 §4.1.1.2
Result<std::string, Reply> mail_line(const OutgoingMessage& message, const Extensions& extensions) {
  if (extensions.limit && message.content.size() > *extensions.limit) {
    return unexpected(Reply(552, "5.3.4",
                            "The message has " + std::to_string(message.content.size()) +
                                " octets, the server takes " + std::to_string(*extensions.limit)));
  }
  if (message.smtputf8 && !extensions.smtputf8) {
    return unexpected(Reply(550, "5.6.7", "The server does not take UTF-8 headers"));
  }
  const auto sender = path(message.sender, extensions);
  if (!sender) return unexpected(sender.error());
  const auto body = body_parameter(message.content, extensions);
  if (!body) return unexpected(body.error());
  if (!is_parameter_value(message.ret) || !is_parameter_value(message.envid)) {
    return unexpected(bad_parameter());
  }
  std::string line = "MAIL FROM:" + *sender;
  if (extensions.size) line += " SIZE=" + std::to_string(message.content.size());
  line += *body;
  if (extensions.smtputf8 && needs_smtputf8(message)) line += " SMTPUTF8";
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
  if (extensions.dsn && !recipient.notify.empty()) line += " NOTIFY=" + recipient.notify;
  if (extensions.dsn && !recipient.orcpt.empty()) line += " ORCPT=" + recipient.orcpt;
  return line;
}

}  // namespace mail::smtp
