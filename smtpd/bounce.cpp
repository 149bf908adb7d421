#include "smtpd/bounce.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/date.hpp"
#include "mail/header.hpp"
#include "mail/smtp_command.hpp"
#include "mail/smtp_reply.hpp"
#include "smtpd/trace.hpp"

namespace smtpd {

namespace {

// Up to here the whole message goes back when the sender didn't say what he wants (RFC 3461 §4.3).
constexpr std::uint64_t kReturnWhole = 64u << 10;

std::string_view action_of(const Attempt& attempt) {
  switch (attempt.end) {
    case Attempt::End::kFailed: return "failed";
    case Attempt::End::kDeferred: return "delayed";
    case Attempt::End::kDelivered: break;
  }
  return attempt.remote.empty() ? "delivered" : "relayed";
}

/// "550 5.1.1 No such user" → "5.1.1". A failure always has class 5, even if it was for time.
std::string status_of(const Attempt& attempt) {
  const std::string_view reply = attempt.reply;
  const std::string_view enhanced =
      mail::smtp::split_enhanced(reply.size() > 4 ? reply.substr(4) : std::string_view{}).enhanced;
  const bool failed = attempt.end == Attempt::End::kFailed;
  if (failed && reply.starts_with('4')) return "5.4.7";
  if (!enhanced.empty()) return std::string(enhanced);
  return failed ? "5.0.0" : attempt.end == Attempt::End::kDeferred ? "4.0.0" : "2.0.0";
}

/// What xtext stands for, unless that would break out of its field.
std::string readable(const std::string& xtext) {
  const auto text = mail::smtp::from_xtext(xtext);
  const bool plain = text && std::none_of(text->begin(), text->end(),
                                          [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return plain ? *text : xtext;
}

std::string sentence(const Attempt& attempt) {
  const std::string& to = attempt.job.recipient->original;
  const std::string from = attempt.remote.empty() ? "" : fmt::format(" ({} said)", attempt.remote);
  if (attempt.end == Attempt::End::kDelivered) return fmt::format("<{}>: arrived\r\n", to);
  return fmt::format("<{}>: {}{}\r\n", to, attempt.reply, from);
}

// Per-recipient fields                                                       RFC 3464 §2.3
std::string recipient_fields(const Attempt& attempt, std::int64_t now) {
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  const std::string_view type = recipient.address.needs_smtputf8() ? "utf-8" : "rfc822";
  std::string fields = "\r\n";
  auto out = std::back_inserter(fields);
  if (const std::size_t semicolon = recipient.orcpt.find(';'); semicolon != std::string::npos) {
    fmt::format_to(out, "Original-Recipient: {};{}\r\n", recipient.orcpt.substr(0, semicolon),
                   readable(recipient.orcpt.substr(semicolon + 1)));
  }
  fmt::format_to(out, "Final-Recipient: {};{}\r\nAction: {}\r\nStatus: {}\r\n", type,
                 recipient.address.to_string(), action_of(attempt), status_of(attempt));
  if (!attempt.remote.empty()) fmt::format_to(out, "Remote-MTA: dns;{}\r\n", attempt.remote);
  fmt::format_to(out, "Diagnostic-Code: smtp;{}\r\n", attempt.reply);
  fmt::format_to(out, "Last-Attempt-Date: {}\r\n", mail::render_date({now, 0}));
  return fields;
}

// Per-message fields                                                         RFC 3464 §2.2
std::string status_part(const ReportingHost& host, const std::vector<Attempt>& attempts,
                        std::int64_t now) {
  const mailstore::QueuedMessage& message = *attempts.front().job.message;
  std::string part = fmt::format("Reporting-MTA: dns;{}\r\n", host.hostname);
  auto out = std::back_inserter(part);
  if (!message.envid.empty()) {
    fmt::format_to(out, "Original-Envelope-Id: {}\r\n", readable(message.envid));
  }
  fmt::format_to(out, "Arrival-Date: {}\r\n", mail::render_date({message.received_at, 0}));
  for (const Attempt& attempt : attempts) part += recipient_fields(attempt, now);
  return part;
}

struct Returned {
  std::string_view type;
  std::string_view octets;
};

// The message, or its header alone: as RET says, and never octets that a report can't carry.
Returned returned_part(const mailstore::QueuedMessage& message, bool failed) {
  const std::string_view content = message.content.view();
  const bool whole = failed && message.body != "BINARYMIME" && message.ret != "HDRS" &&
                     (message.ret == "FULL" || content.size() <= kReturnWhole);
  if (whole) return {message.smtputf8 ? "message/global" : "message/rfc822", content};
  return {message.smtputf8 ? "message/global-headers" : "text/rfc822-headers",
          content.substr(0, mail::header_size(content))};
}

std::string choose_boundary(std::string_view content) {
  for (;;) {
    std::string boundary = "=_report_" + make_trace_id();
    if (content.find(boundary) == std::string_view::npos) return boundary;
  }
}

std::string report_header(const ReportingHost& host, const mailstore::QueuedMessage& message,
                          std::string_view subject, std::int64_t now) {
  return fmt::format(
      "From: Mail delivery <postmaster@{}>\r\n"
      "To: <{}>\r\n"
      "Subject: {}\r\n"
      "Date: {}\r\n"
      "Message-ID: <{}@{}>\r\n"
      "Auto-Submitted: auto-replied\r\n"
      "MIME-Version: 1.0\r\n",
      host.domain, message.sender.to_string(), subject, mail::render_date({now, 0}),
      make_trace_id(), host.hostname);
}

}  // namespace

bool wants_report(const Attempt& attempt) {
  if (attempt.job.message->sender.is_null()) return false;
  const std::string_view notify = attempt.job.recipient->notify;
  switch (attempt.end) {
    case Attempt::End::kFailed:
      return notify.empty() || notify.find("FAILURE") != std::string_view::npos;
    case Attempt::End::kDelivered:
      return !attempt.report_passed_on && notify.find("SUCCESS") != std::string_view::npos;
    case Attempt::End::kDeferred: break;
  }
  return false;
}

// multipart/report of three parts: for people, for programs, and what it is about. RFC 6522 §3
std::string write_report(const ReportingHost& host, const std::vector<Attempt>& attempts,
                         std::int64_t now) {
  const mailstore::QueuedMessage& message = *attempts.front().job.message;
  bool failed = false;
  std::string sentences;
  for (const Attempt& attempt : attempts) {
    failed = failed || attempt.end == Attempt::End::kFailed;
    sentences += sentence(attempt);
  }
  const Returned returned = returned_part(message, failed);
  const std::string boundary = choose_boundary(returned.octets);
  std::string report = report_header(
      host, message, failed ? "Your message could not be delivered" : "Your message arrived", now);
  fmt::format_to(
      std::back_inserter(report),
      "Content-Type: multipart/report; report-type=delivery-status;\r\n"
      "\tboundary=\"{0}\"\r\n\r\n"
      "--{0}\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: 8bit\r\n\r\n"
      "This is the mail server at {1}.\r\n{2}\r\n\r\n{3}"
      "\r\n--{0}\r\nContent-Type: message/{4}delivery-status\r\n\r\n{5}"
      "\r\n--{0}\r\nContent-Type: {6}\r\n\r\n",
      boundary, host.hostname,
      failed ? "Your message could not be delivered to:" : "Your message has been delivered:",
      sentences, message.smtputf8 ? "global-" : "", status_part(host, attempts, now),
      returned.type);
  report.append(returned.octets);
  fmt::format_to(std::back_inserter(report), "\r\n--{}--\r\n", boundary);
  return report;
}

}  // namespace smtpd
