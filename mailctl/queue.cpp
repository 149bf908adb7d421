// mailctl queue list
#include "mailstore/queue.hpp"

#include "mailctl/commands.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"

namespace mailctl {
namespace {

std::string shown(mailstore::RecipientState state) {
  switch (state) {
    case mailstore::RecipientState::kQueued: return "queued";
    case mailstore::RecipientState::kDelivered: return "delivered";
    case mailstore::RecipientState::kFailed: return "failed";
    case mailstore::RecipientState::kHeld: return "held";
  }
  return "unknown";
}

std::string shown(const mail::Address& address) {
  return address.is_null() ? "<>" : address.to_string();
}

Row row_of(const mailstore::QueuedMessage& message, const mailstore::QueuedRecipient& recipient) {
  return {{{"name", message.name},
           {"received", shown_time(message.received_at)},
           {"octets", message.size},
           {"sender", shown(message.sender)},
           {"recipient", shown(recipient.address)},
           {"state", shown(recipient.state)},
           {"attempts", recipient.attempts},
           {"next_attempt", shown_time(recipient.next_attempt)},
           {"last_reply", recipient.last_reply}},
          {message.name, shown_time(message.received_at), shown(message.sender),
           shown(recipient.address), shown(recipient.state), std::to_string(recipient.attempts),
           shown_time(recipient.next_attempt), recipient.last_reply}};
}

}  // namespace

void queue_list(const Options& options) {
  const auto settings = load_settings(options);
  std::vector<Row> rows;
  for (const auto& message : mailstore::list_queue(settings.data))
    for (const auto& recipient : message.recipients) rows.push_back(row_of(message, recipient));
  print_list(options.format,
             {"NAME", "RECEIVED", "SENDER", "RECIPIENT", "STATE", "ATTEMPTS", "NEXT", "LAST REPLY"},
             rows, "The queue is empty.");
}

}  // namespace mailctl
