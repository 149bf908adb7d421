#include "mailstore/sort_keys.hpp"

#include "tests/mailstore/sort_fixture.hpp"

namespace mailstore {
namespace {

struct SortKeysTest : SortFixture {
  std::vector<std::uint64_t> keys(mail::SortBy by) {
    const MailboxView seen = view();
    const Uids uids = all();
    SortSource source(inbox, seen, uids);
    while (!source.prepare(account, Slice::endless())) {
    }
    SortKeys keys(by, inbox, seen, uids, source);
    while (!keys.step(Slice::endless())) {
    }
    return keys.take();
  }
  bool are_ranked() {
    return !SortIndex(account.folder()).ranks(inbox, SortColumn::kSubject).empty();
  }
};

std::vector<std::string> subjects(int count) {
  std::vector<std::string> headers;
  for (int i = 0; i < count; ++i) headers.push_back(fmt::format("Subject: s{}", i % 500));
  return headers;
}

TEST_F(SortKeysTest, EqualValuesHaveEqualKeys) {
  add({"Subject: b", "Subject: a", "Subject: Re: b"});
  const auto keys_now = keys(kSubject);
  EXPECT_EQ(keys_now[0], keys_now[2]);
  EXPECT_LT(keys_now[1], keys_now[0]);
}

TEST_F(SortKeysTest, TextsOfALargeMailboxAreRankedOnce) {
  add(subjects(900));
  keys(kSubject);
  EXPECT_FALSE(are_ranked());
  add(subjects(200));
  keys(kSubject);
  EXPECT_TRUE(are_ranked());
}

TEST_F(SortKeysTest, WhatCameSinceFindsItsPlaceBetween) {
  add(subjects(1100));
  keys(kSubject);
  add({"Subject: s1", "Subject: s1x", "Subject: s1x", "Subject: a", "Subject: z", "Subject: s1w"});
  const auto now = keys(kSubject);
  const auto at = [&](int i) { return now[static_cast<std::size_t>(1100 + i)]; };
  EXPECT_EQ(at(0), now[1]);
  EXPECT_GT(at(5), now[199]) << "s1w is behind s199";
  EXPECT_LT(at(5), at(1));
  EXPECT_EQ(at(1), at(2));
  EXPECT_LT(at(2), now[2]);
  EXPECT_LT(at(3), now[0]);
  EXPECT_GT(at(4), now[499]);
}

}  // namespace
}  // namespace mailstore
