#include "smtpd/accept.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "mailstore/errors.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

using Caller = mailstore::Queue::Caller;

mailstore::QueuedMessage message() {
  mailstore::QueuedMessage message;
  message.content = mailstore::Content::of("Subject: x\r\n\r\n");
  message.recipients.resize(1);
  message.recipients[0].account = 7;
  return message;
}

asio::awaitable<void> accept_into(mailstore::Queue& queue, Dispatch& dispatch, Caller caller,
                                  Accepted& accepted) {
  accepted = co_await accept(queue, dispatch, message(), caller);
}

struct House {
  explicit House(std::function<void(std::string_view)> step = {})
      : queue(std::make_unique<mailstore::Queue>(folder.path(), 4096, std::move(step))) {}
  ~House() { queue.reset(); }  // its last callbacks still find the rest

  Accepted accept_one(Caller caller) {
    Accepted accepted;
    asio::co_spawn(io, accept_into(*queue, dispatch, caller, accepted), asio::detached);
    io.run();
    return accepted;
  }

  tests::TemporaryFolder folder;
  std::atomic<int> handed_on = 0;
  asio::io_context io;  // outlives the queue, whose thread may still be about to leave it
  std::unique_ptr<mailstore::Queue> queue;
  Dispatch dispatch{*queue, conf::Settings{}, {[this](Job) { ++handed_on; }, {}, {}, {}}};
};

class Accept : public testing::TestWithParam<Caller> {};
INSTANTIATE_TEST_SUITE_P(Callers, Accept, testing::Values(Caller::kGoesOn, Caller::kMayBlock));

TEST_P(Accept, ReturnsWhenTheMessageIsInTheQueue) {
  House house;
  const Accepted accepted = house.accept_one(GetParam());
  EXPECT_FALSE(accepted.error);
  ASSERT_TRUE(accepted.message);
  const auto stored = mailstore::list_queue(house.folder.path());
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored[0].name, accepted.message->name);
  EXPECT_TRUE(eventually([&] { return house.handed_on == 1; }));
}

TEST_P(Accept, AFailedCommitIsAnErrorAndNothingIsHandedOn) {
  House house([](std::string_view step) {
    if (step == "COMMIT") throw mailstore::StoreError("no disk");
  });
  const Accepted accepted = house.accept_one(GetParam());
  EXPECT_TRUE(accepted.error);
  EXPECT_FALSE(accepted.message);
  EXPECT_TRUE(mailstore::list_queue(house.folder.path()).empty());
  EXPECT_EQ(house.handed_on, 0);
}

}  // namespace
}  // namespace smtpd
