#include "imapd/hub.hpp"

#include <gtest/gtest.h>

#include "tests/imapd/imap_domain.hpp"

namespace imapd {
namespace {

class HubTest : public testing::Test {
 protected:
  HubTest() : feed_(folder_.path(), mailstore::ChangeFeed::Mode::kListen), hub_(feed_) {
    hub_.listen(io_);
  }

  std::shared_ptr<Bell> join() {
    return hub_.join(
        io_.get_executor(), [this] { ++rung_; }, [this] { ++stopped_; });
  }

  // Until the observer has seen `marker`, which is rung last.
  void run_until_told() {
    mailstore::Change marker{999, 1, 1};
    bool told = false;
    hub_.on_change([&](const mailstore::Change& change) { told |= change.account == 999; });
    feed_.ring(marker);
    while (!told) io_.run_one();
    io_.poll();
  }

  tests::TemporaryFolder folder_;
  mailstore::ChangeFeed feed_;
  asio::io_context io_;
  Hub hub_;
  int rung_ = 0;
  int stopped_ = 0;
};

TEST_F(HubTest, RingsForTheMailboxThatIsWatched) {
  auto bell = join();
  hub_.watch(bell, 1, 7);
  feed_.ring({1, 7, 5});
  run_until_told();
  EXPECT_EQ(rung_, 1);
  hub_.leave(bell);
}

TEST_F(HubTest, IsSilentForOthers) {
  auto bell = join();
  hub_.watch(bell, 1, 7);
  feed_.ring({1, 8, 5});
  feed_.ring({2, 7, 5});
  run_until_told();
  EXPECT_EQ(rung_, 0);
  hub_.leave(bell);
}

TEST_F(HubTest, IsSilentAfterLeaving) {
  auto bell = join();
  hub_.watch(bell, 1, 7);
  hub_.leave(bell);
  feed_.ring({1, 7, 5});
  run_until_told();
  EXPECT_EQ(rung_, 0);
}

TEST_F(HubTest, RingsForAllOfAnAccount) {
  auto bell = join();
  hub_.watch(bell, {{1, std::nullopt}, {2, 7}});
  feed_.ring({1, 8, 5});
  feed_.ring({1, 0, 0});
  feed_.ring({2, 8, 5});
  feed_.ring({2, 7, 5});
  feed_.ring({3, 7, 5});
  run_until_told();
  EXPECT_EQ(rung_, 3);
  hub_.leave(bell);
}

TEST_F(HubTest, SaysWhereToLook) {
  auto bell = join();
  hub_.watch(bell, {{1, std::nullopt}});
  feed_.ring({1, 8, 5});
  feed_.ring({2, 8, 5});
  run_until_told();
  auto changes = hub_.take(bell);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].mailbox, 8);
  EXPECT_TRUE(hub_.take(bell).empty());
  hub_.leave(bell);
}

TEST_F(HubTest, LooksEverywhereWhenTooMuchRang) {
  auto bell = join();
  hub_.watch(bell, {{1, std::nullopt}});
  for (int mailbox = 1; mailbox <= 300; ++mailbox) feed_.ring({1, mailbox, 5});
  run_until_told();
  auto changes = hub_.take(bell);
  ASSERT_FALSE(changes.empty());
  EXPECT_EQ(changes[0].account, 0);
  EXPECT_LE(changes.size(), 256u);
  hub_.leave(bell);
}

TEST_F(HubTest, ForgetsAllPlacesAtOnce) {
  auto bell = join();
  hub_.watch(bell, {{1, std::nullopt}, {2, 7}});
  hub_.watch(bell, 0, 0);
  feed_.ring({1, 8, 5});
  feed_.ring({2, 7, 5});
  run_until_told();
  EXPECT_EQ(rung_, 0);
  hub_.leave(bell);
}

TEST_F(HubTest, StopsEverybody) {
  auto first = join();
  auto second = join();
  hub_.watch(second, 3, 1);
  hub_.stop_all();
  io_.poll();
  EXPECT_EQ(stopped_, 2);
  hub_.leave(first);
  hub_.leave(second);
}

}  // namespace
}  // namespace imapd
