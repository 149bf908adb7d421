#include "mua/sync/events.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

namespace mua::sync {
namespace {

bool readable(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, 0) == 1;
}

TEST(Events, AreReadableWhileThereAreAny) {
  Events events;
  EXPECT_FALSE(readable(events.fd()));
  events.put(TextReady{3});
  EXPECT_TRUE(readable(events.fd()));
  EXPECT_EQ(events.take().size(), 1u);
  EXPECT_FALSE(readable(events.fd()));
  EXPECT_TRUE(events.take().empty());
}

TEST(Events, EqualOnesAreGathered) {
  Events events;
  for (std::uint64_t done = 0; done < 1000; ++done) {
    events.put(Progress{Progress::What::kSync, 1, done, 1000});
    events.put(FolderChanged{1});
    events.put(TextReady{2});
  }
  events.put(FolderChanged{2});
  const auto all = events.take();
  EXPECT_EQ(all.size(), 1003u);
}

TEST(Events, CrossThreads) {
  Events events;
  std::thread other([&] { events.put(FoldersChanged{}); });
  pollfd one{events.fd(), POLLIN, 0};
  EXPECT_EQ(::poll(&one, 1, 10'000), 1);
  other.join();
  EXPECT_EQ(events.take().size(), 1u);
}

}  // namespace
}  // namespace mua::sync
