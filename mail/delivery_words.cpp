#include "mail/delivery_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mail/status_advice.hpp"

namespace mail {
namespace {

constexpr std::size_t kColumns = 72;
// An essay of the other server's must not bury what is said about it.
constexpr std::size_t kLongestAnswer = 600;
constexpr std::size_t kLongestSubject = 80;

struct Words {
  DeliveryAction action;
  std::string_view subject;
  std::string_view sentence;
};

constexpr Words kWords[] = {
    {DeliveryAction::kFailed, "Not delivered to", "could not be delivered to:"},
    {DeliveryAction::kDelayed, "Not yet delivered to", "could not be delivered yet to:"},
    {DeliveryAction::kDelivered, "Delivered to", "has been delivered to:"},
    {DeliveryAction::kRelayed, "Sent on to",
     "was passed on to a server that doesn't tell of arrivals, for:"},
    {DeliveryAction::kExpanded, "Delivered to the members of", "was passed on to all behind:"},
};

// Cut between characters, not within one.
std::string shortened(std::string_view utf8, std::size_t longest) {
  if (utf8.size() <= longest) return std::string(utf8);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0U) == 0x80U) --end;
  return std::string(trim(utf8.substr(0, end))) + "...";
}

std::string one_line(std::string_view text) {
  std::string line = repair_utf8(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, ' ');
  return line;
}

/// Words folded behind `prefix`, each line ended; a word that fits no line has one of its own.
std::string folded(std::string_view text, const std::string& prefix) {
  std::string lines, line;
  while (!(text = trim(text)).empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    if (!line.empty() && prefix.size() + line.size() + 1 + word.size() > kColumns) {
      lines += prefix + line + "\n";
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  return line.empty() ? lines : lines + prefix + line + "\n";
}

std::string message_subject(const DeliveryReport& report) {
  const std::string_view header = report.original.substr(0, header_size(report.original));
  return shortened(one_line(decode_words(field_value(header, "subject"))), kLongestSubject);
}

std::string span(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
  const auto text = [](std::int64_t count, std::string_view unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  if (seconds >= 2 * kDay) return text(seconds / kDay, "day");
  if (seconds >= kHour) return text(seconds / kHour, "hour");
  return text(std::max<std::int64_t>(seconds / kMinute, 1), "minute");
}

std::string answer(const RecipientReport& entry) {
  if (entry.diagnostic.empty()) return "";
  const std::string who =
      entry.remote_mta.empty()
          ? "    This server's reason:\n"
          : folded("The server " + one_line(entry.remote_mta) + " answered:", "    ");
  return who + folded(shortened(one_line(entry.diagnostic), kLongestAnswer), "    > ");
}

std::string advice(const DeliveryReport& report, const RecipientReport& entry) {
  const std::int64_t tried = report.date.seconds - report.arrival.seconds;
  if (entry.action == DeliveryAction::kFailed) {
    const std::string expired =
        entry.status == "5.4.7" ? fmt::format("It was tried for {}. ", span(tried)) : "";
    return folded(expired + std::string(advice_for(entry.status)), "    ");
  }
  std::string text = fmt::format("It has been tried for {}, and is tried on", span(tried));
  if (entry.retry_until != 0) text += " until " + render_date({entry.retry_until, 0});
  return folded(text + ". You need not do anything, and need not send it again.", "    ");
}

std::string about(const DeliveryReport& report, const RecipientReport& entry) {
  std::string text = "  " + one_line(entry.named) + "\n";
  const bool trouble =
      entry.action == DeliveryAction::kFailed || entry.action == DeliveryAction::kDelayed;
  if (!trouble) return text;
  const std::string said = answer(entry);
  return text + "\n" + said + (said.empty() ? "" : "\n") + advice(report, entry) + "\n";
}

std::string closing(const DeliveryReport& report) {
  std::string text = "The mail server at " + one_line(report.reporting_host) + " wrote this";
  if (!report.log_id.empty()) text += "; its name for your message is " + one_line(report.log_id);
  return folded(text + ". Questions go to " + one_line(report.from.to_string()) +
                    ". Details for programs follow, then what was returned of your message.",
                "");
}

}  // namespace

std::string subject_of(const DeliveryReport& report) {
  for (const Words& words : kWords) {
    const auto told = [&](const RecipientReport& entry) { return entry.action == words.action; };
    const auto first = std::find_if(report.recipients.begin(), report.recipients.end(), told);
    if (first == report.recipients.end()) continue;
    const auto count = std::count_if(first, report.recipients.end(), told);
    const std::string whom =
        count == 1 ? one_line(first->named) : fmt::format("{} recipients", count);
    const std::string subject = message_subject(report);
    return fmt::format("{} {}{}{}", words.subject, whom, subject.empty() ? "" : ": ", subject);
  }
  return "Delivery report";
}

std::string explain(const DeliveryReport& report) {
  const std::string subject = message_subject(report);
  const std::string message =
      subject.empty() ? "Your message " : fmt::format("Your message \"{}\" ", subject);
  std::string text;
  for (const Words& words : kWords) {
    std::string entries;
    for (const RecipientReport& entry : report.recipients) {
      if (entry.action == words.action) entries += about(report, entry);
    }
    if (entries.empty()) continue;
    text += folded(message + std::string(words.sentence), "") + "\n" + entries;
    if (!entries.ends_with("\n\n")) text += "\n";
  }
  return text + closing(report);
}

}  // namespace mail
