// Reading and writing the rows of queue.db. No transactions of its own: callers have them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/content_files.hpp"
#include "mailstore/queue.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

/// Where a message's content is: in its row, or in queue/<id>.
enum class ContentPlace { kRow, kFile };

/// The random word chosen when queue.db was made.
std::string queue_epoch(Database& database);
/// What people call a message.
std::string queue_name(const std::string& epoch, QueueId id);

struct DeliveryKey {
  QueueId message = 0;
  std::int32_t recipient = 0;
};
/// nullopt: another queue's.
std::optional<DeliveryKey> parse_delivery_id(const std::string& epoch, std::string_view id);
/// True: it was given and will never be delivered again.
bool is_finished(Database& database, DeliveryKey delivery);

/// Inserts rows; returns the id. With kFile the caller has to keep the file before the commit.
QueueId insert_queued(Database& database, const QueuedMessage& message, ContentPlace place);

/// Applies one message's outcomes; throws StoreError for an illegal move.
/// True: no recipient is left to deliver to, and the caller ends the message in the same
/// transaction; its rows may not tell the outcomes.
bool apply_outcomes(Database& database, QueueId message, const std::vector<Outcome>& outcomes);

/// Removes the recipients, by which a message has left the queue. Its own row, and its content, lie
/// on disk until they are removed.
void end_queued(Database& database, QueueId message);
/// Messages that have left the queue and lie on disk, of so many that come after `from`.
struct EndedMessages {
  std::vector<QueueId> ids;
  QueueId last = 0;  ///< that was looked at, 0: there was none
};
EndedMessages ended_after(Database& database, QueueId from, std::size_t most);
/// Removes the rows of messages that have left the queue; returns those whose content is in a file.
std::vector<QueueId> remove_ended(Database& database, const std::vector<QueueId>& messages);

std::vector<QueueId> due_messages(Database& database, std::int64_t now, std::size_t most);
std::vector<DueRecipient> due_recipients(Database& database, const DueCursor& from,
                                         std::int64_t now, std::size_t most);
std::optional<std::int64_t> earliest_due(Database& database, std::int64_t after);

/// nullopt: it has left the queue. Throws StoreError when its file is missing.
std::optional<QueuedMessage> read_queued(Database& database, const ContentFiles& files,
                                         const std::string& epoch, QueueId id);

/// The same without its content.
std::optional<QueuedMessage> read_envelope(Database& database, const std::string& epoch,
                                           QueueId id);
/// Each message without its content, oldest first, until `take` returns false.
void each_envelope(Database& database, const std::function<bool(QueuedMessage)>& take);
/// Every message, without contents.
std::vector<QueuedMessage> read_all_queued(Database& database);

}  // namespace mailstore
