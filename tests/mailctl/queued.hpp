// Messages put into an installation's queue, as if smtpd had taken them.
#pragma once

#include <gtest/gtest.h>

#include <ctime>
#include <future>

#include "mailstore/queue.hpp"

namespace mailctl {

inline mailstore::QueuedMessage letter_to(std::vector<std::string> recipients) {
  mailstore::QueuedMessage message;
  message.sender = {"alice", "example.test"};
  message.message_id = "<letter@example.test>";
  message.received_at = std::time(nullptr) - 60;
  message.content = mailstore::Content::of("Subject: x\r\n\r\n");
  for (const std::string& address : recipients) {
    message.recipients.emplace_back();
    message.recipients.back().address = mail::parse_address(address).value();
    message.recipients.back().original = address;
  }
  return message;
}

/// Its name.
inline std::string enqueue(const std::filesystem::path& data, mailstore::QueuedMessage message) {
  mailstore::Queue queue(data, 65536);
  std::promise<std::string> name;
  queue.accept(std::move(message), [&](auto stored, std::exception_ptr error) {
    EXPECT_FALSE(error);
    name.set_value(stored ? stored->name : "");
  });
  return name.get_future().get();
}

/// Its first recipient was tried, in vain.
inline void defer(const std::filesystem::path& data, const std::string& name,
                  const std::string& reply) {
  mailstore::Queue queue(data, 65536);
  const auto id = std::stoll(name.substr(name.rfind('-') + 1));
  queue.record({{id, 0, mailstore::RecipientState::kQueued, std::time(nullptr) + 600, reply}}, {});
}

}  // namespace mailctl
