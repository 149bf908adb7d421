#include "mail/thread.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

namespace mail {
namespace {

using enum ThreadAlgorithm;

struct Message {
  std::uint64_t id = 0;
  std::vector<std::uint64_t> references = {};
  std::int64_t date = 0;
  std::uint64_t subject = 0;
  bool is_reply = false;
};

/// As THREAD writes it, messages counted from 1.
std::string told(const Threads& threads) {
  std::function<std::string(std::uint32_t)> list = [&](std::uint32_t node) {
    std::string text;
    for (; node != Threads::kNone; node = threads.nodes[node].next_sibling) {
      const auto& here = threads.nodes[node];
      text += '(';
      if (here.message != Threads::kNone) text += std::to_string(here.message + 1);
      text += list(here.first_child) + ')';
    }
    return text;
  };
  return list(threads.first_root);
}

std::string thread(ThreadAlgorithm algorithm, const std::vector<Message>& messages) {
  Threader threader(algorithm, 0);
  for (const Message& each : messages)
    threader.add({each.date, each.subject, each.id, each.is_reply}, each.references);
  return told(std::move(threader).finish());
}

TEST(Thread, OfNothingIsNothing) {
  for (const auto algorithm : {kOrderedSubject, kReferences, kRefs})
    EXPECT_EQ(thread(algorithm, {}), "");
}

TEST(Thread, RepliesAreBelowWhatTheyAnswer) {
  EXPECT_EQ(thread(kReferences, {{1}, {2, {1}}, {3, {1, 2}}, {4, {1}}, {5}}), "(1(2(3))(4))(5)");
}

TEST(Thread, TheOrderOfArrivalMakesNoDifference) {
  EXPECT_EQ(thread(kReferences, {{3, {1, 2}, 30}, {2, {1}, 20}, {1, {}, 10}}), "(3(2(1)))");
}

TEST(Thread, MissingMessagesHoldTheirChildrenTogether) {
  EXPECT_EQ(thread(kReferences, {{2, {1}}, {3, {1}}}), "((1)(2))");
  EXPECT_EQ(thread(kReferences, {{2, {1}}}), "(1)") << "one child needs no parent that is missing";
  EXPECT_EQ(thread(kReferences, {{4, {1, 2, 3}}, {5, {1, 2}}}), "((1)(2))")
      << "only the topmost stays";
  EXPECT_EQ(thread(kReferences, {{1}, {4, {1, 2, 3}}, {5, {1, 2}}}), "(1(2)(3))");
}

TEST(Thread, AMessageKnowsItsParentBest) {
  EXPECT_EQ(thread(kReferences, {{1}, {2}, {4, {1, 3}}, {3, {2}}}), "(1)(2(4(3)))");
  EXPECT_EQ(thread(kReferences, {{1}, {4, {1, 3}}, {3}}), "(1)(3(2))")
      << "also when it says that it has none";
}

TEST(Thread, TwoOfOneIdAreTwo) {
  EXPECT_EQ(thread(kReferences, {{1}, {1}, {2, {1}}}), "(1(3))(2)");
  EXPECT_EQ(thread(kReferences, {{0}, {0}}), "(1)(2)");
}

TEST(Thread, NothingIsItsOwnAncestor) {
  EXPECT_EQ(thread(kReferences, {{1, {1}}}), "(1)");
  EXPECT_EQ(thread(kReferences, {{1, {2}}, {2, {1}}}), "(2(1))");
  EXPECT_EQ(thread(kReferences, {{1, {2}}, {2, {3}}, {3, {1}}}), "(3(2(1)))");
  EXPECT_EQ(thread(kReferences, {{3, {1, 2, 1}}}), "(1)");
}

TEST(Thread, SiblingsAreOrderedByDateThenByPlace) {
  EXPECT_EQ(
      thread(kReferences, {{1, {}, 50}, {2, {}, 10}, {3, {1}, 90}, {4, {1}, 70}, {5, {1}, 90}}),
      "(2)(1(4)(3)(5))");
  EXPECT_EQ(thread(kReferences, {{1, {}, 20}, {3, {2}, 30}, {4, {2}, 10}}), "((3)(2))(1)")
      << "what is missing has the date of its first child";
}

TEST(Thread, ThreadsOfOneSubjectBecomeOne) {
  // A reply without references goes below the message it must be of.
  EXPECT_EQ(thread(kReferences, {{1, {}, 1, 7}, {2, {}, 2, 7, true}}), "(1(2))");
  EXPECT_EQ(thread(kReferences, {{1, {}, 1, 7, true}, {2, {}, 2, 7}}), "(2(1))");
  // Two that are no replies, or both are, are brothers.
  EXPECT_EQ(thread(kReferences, {{1, {}, 1, 7}, {2, {}, 2, 7}}), "((1)(2))");
  EXPECT_EQ(thread(kReferences, {{1, {}, 1, 7, true}, {2, {}, 2, 7, true}, {3, {}, 3, 7, true}}),
            "((1)(2)(3))");
  // No subject is none in common.
  EXPECT_EQ(thread(kReferences, {{1}, {2}}), "(1)(2)");
  EXPECT_EQ(thread(kReferences, {{1, {}, 1, 7}, {2, {}, 2, 8}}), "(1)(2)");
}

TEST(Thread, MissingParentsOfOneSubjectBecomeOne) {
  EXPECT_EQ(thread(kReferences, {{2, {1}, 1, 7}, {3, {1}, 2, 7}, {5, {4}, 3, 7}, {6, {4}, 4, 7}}),
            "((1)(2)(3)(4))");
  EXPECT_EQ(thread(kReferences, {{9, {}, 0, 7}, {2, {1}, 1, 7}, {3, {1}, 2, 7}}), "((1)(2)(3))");
}

TEST(Thread, RefsKnowsNoSubjectsAndHasTheNewestLast) {
  EXPECT_EQ(thread(kRefs, {{1, {}, 1, 7}, {2, {}, 2, 7}, {3, {1}, 3, 7}}), "(2)(1(3))");
  EXPECT_EQ(thread(kRefs, {{2, {1}, 1}, {3, {1}, 9}, {4, {}, 5}}), "(3)((1)(2))");
}

TEST(Thread, OrderedSubjectPutsAllBelowTheFirst) {
  EXPECT_EQ(thread(kOrderedSubject,
                   {{0, {}, 5, 7}, {0, {}, 4, 8}, {0, {}, 3, 7}, {0, {}, 9, 8}, {0, {}, 8, 7}}),
            "(3(1)(5))(2(4))");
}

TEST(Thread, ADeepChainTakesNoSquareOfTime) {
  std::vector<Message> down, up;
  constexpr std::uint64_t kMany = 100'000;
  for (std::uint64_t id = 1; id <= kMany; ++id) {
    down.push_back({id, {id == 1 ? kMany + 1 : id - 1}, 0});
    up.push_back({id, {id + 1}, 0});
  }
  for (const auto& chain : {down, up}) {
    Threader threader(kReferences, chain.size());
    for (const Message& each : chain)
      threader.add({each.date, each.subject, each.id, each.is_reply}, each.references);
    const Threads threads = std::move(threader).finish();
    ASSERT_NE(threads.first_root, Threads::kNone);
    EXPECT_EQ(threads.nodes[threads.first_root].next_sibling, Threads::kNone);
  }
}

/// Whatever the references say, every message is told once.
TEST(Thread, EveryMessageIsToldOnce) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t ids = 1 + random() % 12;
    std::vector<Message> messages(random() % 40);
    for (Message& each : messages) {
      each = {random() % (ids + 1),
              {},
              static_cast<std::int64_t>(random() % 5),
              random() % 4,
              random() % 2 == 0};
      for (auto count = random() % 5; count > 0; --count)
        each.references.push_back(1 + random() % ids);
    }
    for (const auto algorithm : {kOrderedSubject, kReferences, kRefs}) {
      std::string text = thread(algorithm, messages);
      std::vector<int> times(messages.size());
      for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9') continue;
        std::size_t digits = 0;
        ++times.at(std::stoul(text.substr(at), &digits) - 1);
        at += digits - 1;
      }
      EXPECT_EQ(times, std::vector<int>(messages.size(), 1)) << text;
    }
  }
}

}  // namespace
}  // namespace mail
