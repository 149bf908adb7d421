// One message as `mailctl trace` tells it: its steps from the history, and where each recipient is
// now, by the queue if the message is still in it, else by how its steps ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailstore/history_reader.hpp"
#include "mailstore/queue_control.hpp"

namespace mailctl {

struct Place {
  std::string recipient;
  std::string original;  ///< as RCPT named it, "" if just so
  std::string state;     ///< queued, deferred, held, delivered, failed, removed; "unknown"
  std::string reply;     ///< what was said last
  std::optional<mailstore::QueuedRecipient> queued;  ///< while it is in the queue
  std::optional<mailstore::Step> last;               ///< what was done last
};

struct Story {
  std::string name;
  std::string message_id;
  std::string sender;       ///< "<>" for the null reverse-path, "" when it is not known
  std::int64_t latest = 0;  ///< when something was done last, seconds since 1970
  bool in_queue = false;
  std::vector<Place> places;
  std::vector<mailstore::Step> steps;
};

/// nullopt: neither knows of it.
std::optional<Story> tell_story(const std::string& name, const mailstore::QueueControl& queue,
                                const mailstore::HistoryReader& history);

/// Names of the messages that `key` means, a queue id, a Message-ID or an address, at most `most`,
/// those where something was done last first.
std::vector<std::string> find_messages(const std::string& key, std::size_t most,
                                       const mailstore::QueueControl& queue,
                                       const mailstore::HistoryReader& history);

}  // namespace mailctl
