#include "smtpd/trace.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>

#include "mail/date.hpp"

namespace smtpd {

namespace {

// A Unix socket has no address: the comment says so.
// address-literal = "[" ( IPv4-address-literal / IPv6-address-literal ) "]"  RFC 5321 §4.1.3
std::string address_literal(std::string_view address) {
  if (address.empty()) return "local";
  const bool v6 = address.find(':') != std::string_view::npos;
  return fmt::format("[{}{}]", v6 ? "IPv6:" : "", address);
}

}  // namespace

std::string protocol_name(const Protocol& protocol) {
  if (protocol.kind == Protocol::Kind::kSmtp && !protocol.encrypted) return "SMTP";
  const bool lmtp = protocol.kind == Protocol::Kind::kLmtp;
  const char* name = protocol.smtputf8 ? (lmtp ? "UTF8LMTP" : "UTF8SMTP") : lmtp ? "LMTP" : "ESMTP";
  return fmt::format("{}{}{}", name, protocol.encrypted ? "S" : "",
                     protocol.authenticated ? "A" : "");
}

// Time-stamp-line = "Received:" FWS Stamp CRLF                               RFC 5321 §4.4
std::string received_field(const Hop& hop) {
  std::string field = fmt::format("Received: from {} ({})\r\n", hop.client_name,
                                  address_literal(hop.client_address));
  fmt::format_to(std::back_inserter(field), "\tby {} (Pabal) with {}", hop.hostname, hop.protocol);
  if (!hop.cipher.empty()) fmt::format_to(std::back_inserter(field), " ({})", hop.cipher);
  fmt::format_to(std::back_inserter(field), "\r\n\tid {}", hop.id);
  if (!hop.recipient.empty()) {
    fmt::format_to(std::back_inserter(field), " for <{}>", hop.recipient);
  }
  fmt::format_to(std::back_inserter(field), ";\r\n\t{}\r\n", mail::render_date({hop.seconds, 0}));
  return field;
}

// Microseconds since 1970 and a count for those that come within one: unique as long as the clock
// isn't set back, which for a name in a log is enough.
std::string make_trace_id() {
  static std::atomic<std::uint32_t> count{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return fmt::format("{:x}{:03x}",
                     std::chrono::duration_cast<std::chrono::microseconds>(now).count(),
                     count.fetch_add(1, std::memory_order_relaxed) & 0xfffu);
}

std::string delivery_head(const mailstore::QueuedMessage& message,
                          const mailstore::QueuedRecipient& recipient) {
  return fmt::format("Return-Path: <{}>\r\nDelivered-To: {}\r\n",
                     message.sender.is_null() ? "" : message.sender.to_string(),
                     recipient.original);
}

}  // namespace smtpd
