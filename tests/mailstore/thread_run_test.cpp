#include "mailstore/thread_run.hpp"

#include <random>

#include "tests/mailstore/sort_fixture.hpp"

namespace mailstore {
namespace {

class ThreadRunTest : public SortFixture {
 protected:
  /// The parent of each message: its number among the UIDs from 1, 0 for none.
  std::vector<std::uint32_t> parents(Uids uids, mail::ThreadAlgorithm algorithm,
                                     Slice::Clock::duration length = std::chrono::hours(1)) {
    const MailboxView seen = view();
    ThreadRun run(inbox, seen, std::move(uids), algorithm);
    while (!run.step(account, Slice(length)).done) {
    }
    std::vector<std::uint32_t> parents(run.uids().size());
    const auto& nodes = run.threads().nodes;
    for (const auto& node : nodes)
      for (auto child = node.first_child; child != mail::Threads::kNone;
           child = nodes[child].next_sibling)
        parents.at(nodes[child].message) = node.message + 1;
    return parents;
  }
};

std::vector<std::string> chain(int first, int count) {
  std::vector<std::string> headers;
  for (int i = first; i < first + count; ++i)
    headers.push_back(fmt::format(
        "Message-ID: <{}@x>\r\nReferences: <{}@x> <{}@x>\r\nSubject: Re: a", i, i / 4, i / 2));
  return headers;
}

TEST_F(ThreadRunTest, ThreadsWhatWasChosen) {
  add({"Message-ID: <a@x>\r\nSubject: a", "Message-ID: <b@x>\r\nIn-Reply-To: <a@x>\r\nSubject: b",
       "Message-ID: <c@x>\r\nReferences: <a@x> <b@x>\r\nSubject: c"});
  using enum mail::ThreadAlgorithm;
  EXPECT_EQ(parents({1, 2, 3}, kReferences), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(parents({1, 3}, kRefs), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(parents({1, 2, 3}, kOrderedSubject), (std::vector<std::uint32_t>{0, 0, 0}));
  EXPECT_EQ(parents({}, kRefs), (std::vector<std::uint32_t>{}));
}

/// Packed, half packed or not at all, in slices or not: the threads are the same.
TEST_F(ThreadRunTest, WhatIsPackedGivesTheSameThreads) {
  using enum mail::ThreadAlgorithm;
  add(chain(1, 60));
  const auto expected = [](std::size_t count) {
    std::vector<std::uint32_t> parents(count);
    for (std::uint32_t i = 2; i <= count; ++i) parents[i - 1] = i / 2;
    return parents;
  };
  EXPECT_EQ(parents(all(), kRefs), expected(60));
  EXPECT_EQ(packed(), 0u);
  add(chain(61, 1500));
  EXPECT_EQ(parents(all(), kRefs, std::chrono::seconds(0)), expected(1560));
  EXPECT_EQ(packed(), 1560u);
  add(chain(1561, 20));
  EXPECT_EQ(parents(all(), kReferences), expected(1580));
  EXPECT_EQ(packed(), 1560u);
}

}  // namespace
}  // namespace mailstore
