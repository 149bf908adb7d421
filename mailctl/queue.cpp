// mailctl queue list|show
#include <ctime>

#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/phrases.hpp"
#include "mailctl/queue_words.hpp"
#include "mailstore/queue_control.hpp"

namespace mailctl {
namespace {

// A reply stands in full on the page of `queue show`.
constexpr std::size_t kReasonColumns = 60;

Row row_of(const mailstore::QueuedMessage& message, const mailstore::QueuedRecipient& recipient,
           std::int64_t now) {
  boost::json::object object = object_of(message);
  for (const auto& member : object_of(recipient)) object.insert(member);
  const bool waits = recipient.state == mailstore::RecipientState::kQueued;
  return {std::move(object),
          {message.name, local_time(message.received_at), size_text(message.size),
           printable(address_text(message.sender)), printable(recipient.address.to_string()),
           std::string(describe(stage_of(recipient))),
           !waits                          ? ""
           : recipient.next_attempt <= now ? "now"
                                           : from_now(recipient.next_attempt, now),
           shortened(recipient.last_reply, kReasonColumns)}};
}

}  // namespace

void queue_list(const Options& options) {
  const auto settings = load_settings(options);
  const std::int64_t now = std::time(nullptr);
  const mailstore::QueueControl queue(settings.data);
  const std::size_t most = options.queue.limit > 0 ? options.queue.limit : SIZE_MAX;
  std::vector<Row> rows;
  for (const auto& message : queue.find(options.queue.filter, now, most))
    for (const auto& recipient : message.recipients)
      rows.push_back(row_of(message, recipient, now));
  const bool filtered = !is_everything(options.queue.filter);
  if (!rows.empty() || !filtered || options.format == Format::kJson)
    print_list(options.format,
               {"QUEUE ID", "RECEIVED", "SIZE", "FROM", "TO", "STATE", "NEXT", "LAST REPLY"}, rows,
               "The queue is empty.");
  if (rows.empty() && filtered)
    throw Failure(ExitCode::kFailed, "nothing in the queue matches",
                  "`mailctl queue list` alone shows all that waits");
}

void queue_show(const Options& options) {
  const auto settings = load_settings(options);
  const mailstore::QueueControl queue(settings.data);
  const std::string& name = options.queue.names.front();
  const auto id = queue.find_id(name);
  const auto message = id ? queue.find(*id) : std::nullopt;
  if (!message) throw not_in_queue(name);
  boost::json::object object = object_of(*message);
  boost::json::array recipients;
  for (const auto& recipient : message->recipients) recipients.push_back(object_of(recipient));
  object["recipients"] = std::move(recipients);
  print_outcome(options.format, object, page_of(*message, std::time(nullptr)));
}

}  // namespace mailctl
