#include "mailstore/queue_bell.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

bool is_rung(const QueueBell& bell) {
  pollfd readable{bell.descriptor(), POLLIN, 0};
  return ::poll(&readable, 1, 0) == 1;
}

TEST(QueueBell, IsHeardUntilItIsAnswered) {
  tests::TemporaryFolder folder;
  QueueBell bell(folder.path());
  EXPECT_FALSE(is_rung(bell));
  EXPECT_TRUE(ring_queue(folder.path()));
  EXPECT_TRUE(ring_queue(folder.path()));
  EXPECT_TRUE(is_rung(bell));
  bell.answer();
  EXPECT_FALSE(is_rung(bell));
}

TEST(QueueBell, NobodyHearsItWithoutAListener) {
  tests::TemporaryFolder folder;
  EXPECT_FALSE(ring_queue(folder.path()));
  { QueueBell bell(folder.path()); }
  EXPECT_FALSE(ring_queue(folder.path()));
}

TEST(QueueBell, WhatAKilledListenerLeftIsReplaced) {
  tests::TemporaryFolder folder;
  std::optional<QueueBell> bell(std::in_place, folder.path());
  const int copy = ::dup(bell->descriptor());
  QueueBell next(folder.path());
  EXPECT_TRUE(ring_queue(folder.path()));
  EXPECT_TRUE(is_rung(next));
  ::close(copy);
}

TEST(QueueBell, RingingOverAndOverNeitherBlocksNorFails) {
  tests::TemporaryFolder folder;
  QueueBell bell(folder.path());
  ASSERT_GT(::fcntl(bell.descriptor(), F_SETPIPE_SZ, 4096), 0);
  for (int i = 0; i < 5000; ++i) ASSERT_TRUE(ring_queue(folder.path()));
  bell.answer();
  EXPECT_FALSE(is_rung(bell));
}

}  // namespace
}  // namespace mailstore
