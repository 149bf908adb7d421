// Which recipients of which queued messages are meant: everything that is set must fit. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/queue.hpp"

namespace mailstore {

/// How far a recipient is, in people's words: the state of queue.db, with those that were tried and
/// wait for the next attempt told from those that were not tried yet.
enum class Stage { kQueued, kDeferred, kHeld, kDelivered, kFailed };

Stage stage_of(const QueuedRecipient& recipient);
std::string_view describe(Stage stage);
std::optional<Stage> parse_stage(std::string_view word);

/// One address, all of a domain, or the null reverse-path. Compared as keys: case and the spelling
/// of an internationalized domain don't matter.
class AddressPattern {
 public:
  /// "alice@example.test", "@example.test", "<>"; nullopt: it is none of them.
  static std::optional<AddressPattern> parse(std::string_view text);
  bool matches(const mail::Address& address) const;

 private:
  std::string local_;   ///< "" for every one, unless domain_ is so too
  std::string domain_;  ///< "" is `<>`
};

struct QueueFilter {
  std::vector<QueueId> messages;  ///< none: every one
  std::string message_id;         ///< of the header, with <>; "": any
  std::optional<AddressPattern> sender;
  std::optional<AddressPattern> recipient;  ///< where it goes, or what RCPT named
  std::optional<AddressPattern> domain;     ///< where it goes
  std::optional<std::chrono::seconds> older_than, newer_than;  ///< since it was received
  std::vector<Stage> stages;  ///< none: whatever is not delivered or failed
};

/// True: the filter names nothing, everything that waits is meant.
bool is_everything(const QueueFilter& filter);

/// `messages` apart, which are sought by their ids.
bool matches(const QueueFilter& filter, const QueuedMessage& message, std::int64_t now);
bool matches(const QueueFilter& filter, const QueuedRecipient& recipient);

}  // namespace mailstore
