#include "mailstore/feed_listeners.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(FeedListeners, ComeAndGo) {
  tests::TemporaryFolder folder;
  FileDescriptor opened(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  FeedListeners listeners(opened.get());
  listeners.ring({1, 1, 1});  // nobody
  std::optional<FeedInbox> one(opened.get());
  listeners.ring({1, 1, 2});
  EXPECT_EQ(one->take().size(), 1u);
  FeedInbox two(opened.get());
  one.reset();
  listeners.ring({1, 1, 3});
  EXPECT_EQ(two.take(), (std::vector<Change>{{1, 1, 3}}));
}

}  // namespace
}  // namespace mailstore
