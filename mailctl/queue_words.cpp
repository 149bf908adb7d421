#include "mailctl/queue_words.hpp"

#include <fmt/format.h>

#include "mailctl/output.hpp"
#include "mailctl/phrases.hpp"

namespace mailctl {
namespace {

using mailstore::Stage;

bool waits(Stage stage) { return stage == Stage::kQueued || stage == Stage::kDeferred; }

std::string field(std::string_view name, std::string_view value) {
  return value.empty() ? "" : fmt::format("{:<12}{}\n", name, printable(value));
}

std::string sender_line(const mailstore::QueuedMessage& message) {
  const std::string sender = address_text(message.sender);
  if (message.login.empty()) return sender;
  return fmt::format("{} (logged in as {})", sender, message.login);
}

/// What the sender asked for beyond the message.
std::string wishes(const mailstore::QueuedMessage& message) {
  std::string wishes = message.body == "7BIT" ? "" : message.body;
  const auto add = [&](std::string_view wish) {
    wishes.append(wishes.empty() ? "" : ", ") += wish;
  };
  if (message.smtputf8) add("SMTPUTF8");
  if (message.requiretls) add("REQUIRETLS");
  if (!message.ret.empty()) add("RET=" + message.ret);
  if (!message.envid.empty()) add("ENVID=" + message.envid);
  return wishes;
}

std::string recipient_lines(const mailstore::QueuedRecipient& recipient, std::int64_t now) {
  const std::string address = recipient.address.to_string();
  std::string lines = "\n" + printable(address);
  if (!recipient.original.empty() && recipient.original != address)
    lines += fmt::format(" (as {})", printable(recipient.original));
  lines += "\n" + field("  state", standing(recipient, now));
  lines += field("  reason", recipient.last_reply);
  lines += field("  notify", recipient.notify);
  if (recipient.delay_told) lines += field("  delay", "the sender was told");
  return lines;
}

}  // namespace

boost::json::object object_of(const mailstore::QueuedRecipient& recipient) {
  const Stage stage = stage_of(recipient);
  boost::json::object object{{"recipient", printable(recipient.address.to_string())},
                             {"original", printable(recipient.original)},
                             {"local", recipient.account != 0},
                             {"state", describe(stage)},
                             {"attempts", recipient.attempts},
                             {"next_attempt", nullptr},
                             {"last_reply", printable(recipient.last_reply)},
                             {"notify", printable(recipient.notify)},
                             {"orcpt", printable(recipient.orcpt)},
                             {"delay_told", recipient.delay_told}};
  if (waits(stage)) object["next_attempt"] = shown_time(recipient.next_attempt);
  return object;
}

boost::json::object object_of(const mailstore::QueuedMessage& message) {
  return {{"name", message.name},
          {"message_id", printable(message.message_id)},
          {"sender", printable(address_text(message.sender))},
          {"login", printable(message.login)},
          {"received", shown_time(message.received_at)},
          {"octets", message.size},
          {"body", printable(message.body)},
          {"smtputf8", message.smtputf8},
          {"requiretls", message.requiretls},
          {"ret", printable(message.ret)},
          {"envid", printable(message.envid)}};
}

std::string standing(const mailstore::QueuedRecipient& recipient, std::int64_t now) {
  const Stage stage = stage_of(recipient);
  std::string text(describe(stage));
  if (recipient.attempts > 0)
    text += " after " + count_of(static_cast<std::size_t>(recipient.attempts), "attempt");
  if (stage == Stage::kHeld) return text + "; not tried until it is released";
  if (!waits(stage)) return text;
  if (recipient.next_attempt <= now)
    return text + (stage == Stage::kQueued ? "; to be tried now" : "; next one now");
  return text + fmt::format("; {} {}, {}", stage == Stage::kQueued ? "to be tried" : "next one",
                            local_time(recipient.next_attempt),
                            from_now(recipient.next_attempt, now));
}

std::string page_of(const mailstore::QueuedMessage& message, std::int64_t now) {
  std::string page = field("queue id", message.name);
  page += field("Message-ID", message.message_id);
  page += field("from", sender_line(message));
  page += field("received", fmt::format("{}, {}", local_time(message.received_at),
                                        from_now(message.received_at, now)));
  page += field("size", size_text(message.size));
  page += field("asks for", wishes(message));
  for (const auto& recipient : message.recipients) page += recipient_lines(recipient, now);
  page.pop_back();
  return page;
}

}  // namespace mailctl
