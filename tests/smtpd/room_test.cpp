#include "smtpd/room.hpp"

#include <gtest/gtest.h>

#include "mailstore/append.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

class RoomTest : public testing::Test {
 protected:
  RoomTest() { settings_.data = folder_.path(); }

  void open() {
    store_.emplace(settings_, mailstore::ChangeFeed::Mode::kRingOnly);
    ASSERT_TRUE(store_->directory().add_domain("example.test"));
    bob_ = store_->directory().add_account("bob@example.test", "secret")->id;
  }

  Room::Answer ask(std::uint64_t octets) {
    tls::WorkerPool workers(1);
    Room room(*store_, workers, settings_.quota);
    return ask(room, octets);
  }

  Room::Answer ask(Room& room, std::uint64_t octets) {
    Room::Answer answer{};
    io_.restart();
    asio::co_spawn(io_, room.ask(bob_, octets),
                   [&](std::exception_ptr, Room::Answer given) { answer = given; });
    io_.run();
    return answer;
  }

  void deliver(const std::string& text) {
    mailstore::NewMessage message;
    message.content = mailstore::Content::of(text);
    mailstore::deliver(*store_->account(bob_), {message});
  }

  asio::io_context io_;  // outlives the workers, who may still be about to leave it
  tests::TemporaryFolder folder_;
  conf::Settings settings_;
  mailstore::AccountId bob_ = 0;
  std::optional<mailstore::Store> store_;
};

TEST_F(RoomTest, ThereIsRoomWithoutLimits) {
  open();
  EXPECT_EQ(ask(1u << 30), Room::Answer::kThere);
}

TEST_F(RoomTest, AFullMailboxMayHaveRoomAgain) {
  settings_.quota.storage = 100;
  open();
  EXPECT_EQ(ask(0), Room::Answer::kThere);
  EXPECT_EQ(ask(100), Room::Answer::kThere);
  deliver(std::string(60, 'x'));
  EXPECT_EQ(ask(41), Room::Answer::kFull);
  EXPECT_EQ(ask(40), Room::Answer::kThere);
  EXPECT_EQ(ask(101), Room::Answer::kNever) << "whatever is deleted";
}

TEST_F(RoomTest, TheSettingsMayRefuseAtOnce) {
  settings_.quota.messages = 1;
  settings_.quota.full = "refuse";
  open();
  deliver("x");
  EXPECT_EQ(ask(1), Room::Answer::kNever);
}

TEST_F(RoomTest, NewSettingsCount) {
  open();
  tls::WorkerPool workers(1);
  Room room(*store_, workers, settings_.quota);
  deliver("x");
  room.change({.messages = 1});
  EXPECT_EQ(ask(room, 1), Room::Answer::kFull);
  room.note(bob_, {.storage = 0, .messages = 0, .mailboxes = 6});
  EXPECT_EQ(ask(room, 1), Room::Answer::kThere) << "what a delivery has just seen is believed";
}

TEST_F(RoomTest, AMailboxThatCannotBeReadIsDeliverysBusiness) {
  settings_.quota.messages = 1;
  open();
  const auto folder = store_->account_folder(bob_);
  std::filesystem::remove_all(folder);
  store_->directory().remember_folder(bob_);
  EXPECT_EQ(ask(1), Room::Answer::kThere);
}

TEST(Room, RepliesSayWhetherToTryAgain) {
  EXPECT_EQ(full_reply(Room::Answer::kFull).code, 452);
  EXPECT_EQ(full_reply(Room::Answer::kNever).code, 552);
}

}  // namespace
}  // namespace smtpd
