#include "mailstore/sort.hpp"

#include <algorithm>
#include <random>

#include "mailstore/sort_source.hpp"
#include "tests/mailstore/sort_fixture.hpp"

namespace mailstore {
namespace {

using mail::SortDirection;

struct SortTest : SortFixture {};

TEST_F(SortTest, ByEachCriterion) {
  add({"Subject: Re: b\r\nFrom: zoe@x\r\nTo: A <b@x>\r\nCc: c@x\r\nDate: 3 Jan 2020 00:00:00 +0000",
       "Subject: a\r\nFrom: Bob <bob@x>\r\nTo: B <a@x>\r\nDate: 1 Jan 2020 00:00:00 +0000\r\nX: "
       "long",
       "Subject: B\r\nFrom: \"A\" <y@x>\r\nCc: a@x"});
  EXPECT_EQ(sorted(kArrival, all()), (Uids{1, 2, 3}));
  EXPECT_EQ(sorted(kSubject, all()), (Uids{2, 1, 3}));
  EXPECT_EQ(sorted(kFrom, all()), (Uids{2, 3, 1}));
  EXPECT_EQ(sorted(kTo, all()), (Uids{3, 2, 1}));
  EXPECT_EQ(sorted(kCc, all()), (Uids{2, 3, 1}));
  EXPECT_EQ(sorted(kDate, all()), (Uids{3, 2, 1})) << "without Date it is INTERNALDATE";
  EXPECT_EQ(sorted(kSize, all()), (Uids{3, 1, 2}));
  EXPECT_EQ(sorted(kDisplayFrom, all()), (Uids{3, 2, 1}));
  EXPECT_EQ(sorted(kDisplayTo, all()), (Uids{3, 1, 2}));
}

TEST_F(SortTest, ReversedWhatIsEqualKeepsItsOrder) {
  add({"Subject: a", "Subject: b", "Subject: a", "Subject: b"});
  EXPECT_EQ(sorted(kSubject, all(), SortDirection::kDescending), (Uids{2, 4, 1, 3}));
  EXPECT_EQ(sort_messages(
                account, inbox, view(), all(),
                {{kSubject, SortDirection::kAscending}, {kArrival, SortDirection::kDescending}}),
            (Uids{3, 1, 4, 2}));
}

TEST_F(SortTest, ByModSeqOfTheView) {
  add({"Subject: a", "Subject: b", "Subject: c"});
  ASSERT_TRUE(store_flags(account, inbox, {{1, 1}}, FlagChange::kAdd, {mail::kSeen, {}}));
  EXPECT_EQ(sorted(kModSeq, all()), (Uids{2, 3, 1}));
}

TEST_F(SortTest, ByRelevancyTheBestFirst) {
  add({"Subject: b", "Subject: a", "Subject: c", "Subject: a"});
  SortRun run(inbox, view(), all(),
              {{mail::SortBy::kRelevancy, SortDirection::kAscending},
               {kSubject, SortDirection::kDescending}});
  run.rank_by({20, 100, 100, 20});
  while (!run.step(account, Slice::endless()).done) {
  }
  EXPECT_EQ(run.order(), (std::vector<std::uint32_t>{2, 1, 0, 3}));
}

TEST_F(SortTest, OfNothingOrOne) {
  EXPECT_EQ(sorted(kSubject, {}), Uids{});
  add({"Subject: a"});
  EXPECT_EQ(sorted(kSubject, {1}), Uids{1});
}

TEST_F(SortTest, WhatVanishedMeanwhileIsNoTrouble) {
  add({"Subject: c", "Subject: b", "Subject: a"});
  const MailboxView before = view();
  remove(2, 2);
  EXPECT_EQ(sort_messages(account, inbox, before, {1, 2, 3}, {{kSubject, {}}}), (Uids{2, 3, 1}));
}

std::vector<std::string> many(std::mt19937& random, int count) {
  std::vector<std::string> headers;
  for (int i = 0; i < count; ++i)
    headers.push_back(fmt::format(
        "Subject: {}{}\r\nFrom: u{}@x\r\nDate: {} Jan 2020 00:00:00 +0000",
        random() % 3 == 0 ? "Re: " : "", random() % 300, random() % 40, 1 + random() % 28));
  return headers;
}

/// Packed, half packed, with ranks and without: the order is that of the headers.
TEST_F(SortTest, WhatIsPackedGivesTheSameOrder) {
  std::mt19937 random(9);
  add(many(random, 1500));
  const auto expect_right = [&](mail::SortBy by, const Uids& uids) {
    std::vector<SortableMessage> messages;
    for (const Uid uid : uids) messages.push_back(read_sortable(account, inbox, uid));
    std::stable_sort(messages.begin(), messages.end(), [&](const auto& a, const auto& b) {
      if (by == kDate) return a.date() < b.date();
      return by == kFrom ? a.facts.from < b.facts.from : a.facts.subject < b.facts.subject;
    });
    Uids expected;
    for (const auto& message : messages) expected.push_back(message.uid);
    EXPECT_EQ(sorted(by, uids), expected);
  };
  const auto check_all = [&] {
    for (const auto by : {kSubject, kFrom, kDate, kSubject}) expect_right(by, all());
    expect_right(kSubject, {1, 5, 700, 1400, 1499});
  };
  expect_right(kSubject, {3, 7, 1200});
  EXPECT_EQ(packed(), 0u) << "few of many are read from their headers";
  check_all();
  EXPECT_EQ(packed(), 1500u);
  add(many(random, 10));
  check_all();
  EXPECT_EQ(packed(), 1500u) << "few that came are read from their headers";
  add(many(random, 70));
  check_all();
  EXPECT_EQ(packed(), 1580u);
  add(many(random, 400));
  remove(100, 300);
  check_all();
  EXPECT_EQ(packed(), 1980u) << "what is gone stays packed";
}

TEST_F(SortTest, ALongOneRunsInSlices) {
  std::mt19937 random(4);
  add(many(random, 300));
  const MailboxView seen = view();
  SortRun run(inbox, seen, all(), {{kSubject, {}}, {kDate, {}}});
  int steps = 1;
  while (!run.step(account, Slice(std::chrono::seconds(0))).done) ++steps;
  EXPECT_GT(steps, 10);
  EXPECT_EQ(run.order().size(), 300u);
  const Uids again = sort_messages(account, inbox, seen, all(), {{kSubject, {}}, {kDate, {}}});
  for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(run.uids()[run.order()[i]], again[i]);
}

}  // namespace
}  // namespace mailstore
