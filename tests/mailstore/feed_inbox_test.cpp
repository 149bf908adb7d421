#include "mailstore/feed_inbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

struct FeedInboxTest : ::testing::Test {
  tests::TemporaryFolder folder;
  FileDescriptor opened{::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY)};
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder.path()), {}));
  }
};

TEST_F(FeedInboxTest, LivesAsLongAsItsFifo) {
  {
    FeedInbox one(opened.get()), two(opened.get());
    EXPECT_EQ(entries(), 2u);
    EXPECT_NE(one.descriptor(), two.descriptor());
  }
  EXPECT_EQ(entries(), 0u);
}

TEST_F(FeedInboxTest, TakesRecordsOfItsVersionOnly) {
  FeedInbox inbox(opened.get());
  const auto path = std::filesystem::directory_iterator(folder.path())->path();
  FileDescriptor fifo(::open(path.c_str(), O_WRONLY | O_NONBLOCK));
  FeedRecord ours, later;
  ours.change = {1, 2, 3};
  later.version = 2;
  later.change = {4, 5, 6};
  for (const FeedRecord& record : {later, ours})
    ASSERT_EQ(::write(fifo.get(), &record, sizeof record), 32);
  EXPECT_EQ(inbox.take(), (std::vector<Change>{{1, 2, 3}}));
}

}  // namespace
}  // namespace mailstore
