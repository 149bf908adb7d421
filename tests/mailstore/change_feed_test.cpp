#include "mailstore/change_feed.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <thread>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using Mode = ChangeFeed::Mode;

bool readable(const ChangeFeed& feed) {
  pollfd poll_it{feed.descriptor(), POLLIN, 0};
  return ::poll(&poll_it, 1, 0) == 1 && (poll_it.revents & POLLIN);
}

std::size_t fifos(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    count += entry.path().extension() == ".fifo";
  return count;
}

TEST(ChangeFeed, HearsOthersAndItself) {
  tests::TemporaryFolder folder;
  ChangeFeed ringer(folder.path() / "feed", Mode::kRingOnly);
  ChangeFeed one(folder.path() / "feed", Mode::kListen);
  ChangeFeed two(folder.path() / "feed", Mode::kListen);
  EXPECT_EQ(ringer.descriptor(), -1);
  EXPECT_FALSE(readable(one));
  ringer.ring({7, 3, 42});
  two.ring({8, 0, 1});
  for (ChangeFeed* feed : {&one, &two}) {
    EXPECT_TRUE(readable(*feed));
    EXPECT_EQ(feed->take(), (std::vector<Change>{{7, 3, 42}, {8, 0, 1}}));
    EXPECT_FALSE(readable(*feed));
    EXPECT_TRUE(feed->take().empty());
  }
  EXPECT_TRUE(ringer.take().empty());
}

TEST(ChangeFeed, RingsOfOneMailboxBecomeOne) {
  tests::TemporaryFolder folder;
  ChangeFeed feed(folder.path(), Mode::kListen);
  for (ModSeq mod_seq : {5u, 9u, 7u}) feed.ring({1, 2, mod_seq});
  EXPECT_EQ(feed.take(), (std::vector<Change>{{1, 2, 9}}));
}

TEST(ChangeFeed, AListenerThatComesLaterIsFound) {
  tests::TemporaryFolder folder;
  ChangeFeed ringer(folder.path(), Mode::kRingOnly);
  for (int i = 0; i < 50; ++i) {
    ringer.ring({1, 1, 1});
    ChangeFeed late(folder.path(), Mode::kListen);
    ringer.ring({2, 1, 1});
    ASSERT_EQ(late.take(), (std::vector<Change>{{2, 1, 1}})) << i;
  }
  EXPECT_EQ(fifos(folder.path()), 0u);
}

TEST(ChangeFeed, AFullListenerLosesRingsAndIsTold) {
  tests::TemporaryFolder folder;
  ChangeFeed feed(folder.path(), Mode::kListen);
  constexpr AccountId kMany = 20'000;
  for (AccountId account = 1; account <= kMany; ++account) feed.ring({account, 1, 1});
  std::vector<Change> heard = feed.take();
  EXPECT_LT(heard.size(), static_cast<std::size_t>(kMany));
  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.front().account, 0);
  feed.ring({5, 1, 2});
  EXPECT_EQ(feed.take(), (std::vector<Change>{{5, 1, 2}}));
}

TEST(ChangeFeed, TheFifoOfAKilledProcessIsRemoved) {
  tests::TemporaryFolder folder;
  ChangeFeed feed(folder.path(), Mode::kListen);
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  pid_t child = ::fork();
  if (child == 0) {
    ChangeFeed listener(folder.path(), Mode::kListen);
    (void)!::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char octet;
  ASSERT_EQ(::read(ready[0], &octet, 1), 1);
  feed.ring({1, 1, 1});  // opens the child's FIFO
  EXPECT_EQ(fifos(folder.path()), 2u);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  feed.ring({1, 1, 2});  // EPIPE, and no SIGPIPE kills this test
  EXPECT_EQ(fifos(folder.path()), 1u);
  EXPECT_EQ(feed.take(), (std::vector<Change>{{1, 1, 2}}));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(ChangeFeed, AnAbandonedFifoIsRemovedAndOtherFilesAreLeft) {
  tests::TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "1-00000000.fifo").c_str(), 0600), 0);
  std::ofstream(folder.path() / "README") << "not ours";
  ChangeFeed(folder.path(), Mode::kRingOnly).ring({1, 1, 1});
  EXPECT_EQ(fifos(folder.path()), 0u);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "README"));
}

TEST(ChangeFeed, NoiseInTheFifoIsIgnored) {
  tests::TemporaryFolder folder;
  ChangeFeed feed(folder.path(), Mode::kListen);
  auto fifo = std::filesystem::directory_iterator(folder.path())->path();
  std::ofstream(fifo, std::ios::app) << std::string(64, 'x');
  EXPECT_TRUE(feed.take().empty());
}

TEST(ChangeFeed, WorksBelowAPathLongerThanASocketsMayBe) {
  tests::TemporaryFolder folder;
  auto deep = folder.path() / std::string(100, 'a') / std::string(100, 'b');
  ChangeFeed feed(deep, Mode::kListen);
  feed.ring({1, 2, 3});
  EXPECT_EQ(feed.take(), (std::vector<Change>{{1, 2, 3}}));
}

TEST(ChangeFeed, AFolderThatCantBeIsSaid) {
  tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "";
  try {
    ChangeFeed feed(folder.path() / "file" / "feed", Mode::kListen);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("feed"), std::string::npos);
  }
}

TEST(ChangeFeed, ManyThreadsRingAtOnce) {
  tests::TemporaryFolder folder;
  ChangeFeed feed(folder.path(), Mode::kListen);
  std::vector<std::thread> threads;
  for (AccountId account = 1; account <= 4; ++account)
    threads.emplace_back([&feed, account] {
      for (ModSeq mod_seq = 1; mod_seq <= 500; ++mod_seq) feed.ring({account, 1, mod_seq});
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(feed.take(), (std::vector<Change>{{1, 1, 500}, {2, 1, 500}, {3, 1, 500}, {4, 1, 500}}));
}

}  // namespace
}  // namespace mailstore
