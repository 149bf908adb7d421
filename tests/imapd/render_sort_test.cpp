#include "imapd/render_sort.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using mail::Threads;
using Numbers = std::vector<std::uint32_t>;

TEST(RenderSort, WritesNumbersInTheirOrder) {
  Found found;
  EXPECT_EQ(render_sort(found), "* SORT\r\n");
  found.numbers = {5, 3, 4};
  EXPECT_EQ(render_sort(found), "* SORT 5 3 4\r\n");
  found.mod_seq = 917162500;
  EXPECT_EQ(render_sort(found), "* SORT 5 3 4 (MODSEQ 917162500)\r\n");
}

TEST(RenderSort, FindsSequenceNumbers) {
  mailstore::MailboxView view;
  for (mailstore::Uid uid : {3u, 5u, 9u}) view.messages.push_back({uid, 1, 0});
  EXPECT_EQ(sequences_of(view, {3, 4, 9, 10}), (Numbers{1, 0, 3, 0}));
  EXPECT_EQ(sequences_of(view, {}), Numbers{});
  EXPECT_EQ(in_order({7, 8, 9}, {2, 0}), (Numbers{9, 7}));
}

std::string thread(const std::vector<mail::ThreadMessage>& messages,
                   const std::vector<std::vector<std::uint64_t>>& references) {
  mail::Threader threader(mail::ThreadAlgorithm::kReferences, 0);
  Numbers numbers;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    threader.add(messages[i], references[i]);
    numbers.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return render_thread(std::move(threader).finish(), numbers);
}

mail::ThreadMessage message(std::uint64_t id) { return {0, 0, id, false}; }

TEST(RenderSort, WritesThreads) {
  EXPECT_EQ(thread({}, {}), "* THREAD\r\n");
  EXPECT_EQ(thread({message(1), message(2)}, {{}, {1}}), "* THREAD (1 2)\r\n");
  EXPECT_EQ(thread({message(1), message(2), message(3), message(4)}, {{}, {1}, {1}, {1, 2}}),
            "* THREAD (1 (2 4)(3))\r\n");
  EXPECT_EQ(thread({message(2), message(3), message(4)}, {{1}, {1}, {1, 2}}),
            "* THREAD ((1 3)(2))\r\n");
}

TEST(RenderSort, WritesADeepThread) {
  std::vector<mail::ThreadMessage> messages;
  std::vector<std::vector<std::uint64_t>> references;
  for (std::uint64_t id = 1; id <= 50'000; ++id) {
    messages.push_back(message(id));
    references.push_back(id == 1 ? std::vector<std::uint64_t>{} : std::vector{id - 1});
  }
  const auto text = thread(messages, references);
  EXPECT_TRUE(text.starts_with("* THREAD (1 2 3 ")) << text.substr(0, 40);
  EXPECT_TRUE(text.ends_with(" 49999 50000)\r\n"));
}

}  // namespace
}  // namespace imapd
