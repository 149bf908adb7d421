// Messages for tests of the queue, and its calls made to wait for their end.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mailstore/queue.hpp"

namespace mailstore {

constexpr std::int64_t kReceivedAt = 1000;

inline QueuedMessage simple_message(std::string octets, int recipients = 1) {
  QueuedMessage message;
  message.sender = {"alice", "example.test"};
  message.received_at = kReceivedAt;
  message.content = Content::of(std::move(octets));
  for (int i = 0; i < recipients; ++i) {
    QueuedRecipient recipient;
    recipient.address = {"bob" + std::to_string(i), "example.test"};
    recipient.account = i + 1;
    message.recipients.push_back(recipient);
  }
  return message;
}

inline std::shared_ptr<const QueuedMessage> accept(Queue& queue, QueuedMessage message) {
  std::promise<std::shared_ptr<const QueuedMessage>> stored;
  queue.accept(std::move(message), [&](auto accepted, const std::exception_ptr& error) {
    error ? stored.set_exception(error) : stored.set_value(std::move(accepted));
  });
  return stored.get_future().get();
}

inline void record(Queue& queue, std::vector<Outcome> outcomes) {
  std::promise<void> recorded;
  queue.record(std::move(outcomes), [&](const std::exception_ptr& error) {
    error ? recorded.set_exception(error) : recorded.set_value();
  });
  queue.next_due();  // commits at once what would wait for company
  recorded.get_future().get();
}

}  // namespace mailstore
