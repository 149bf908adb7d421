#include "mailstore/search_index.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using Contents = std::vector<std::int64_t>;

struct SearchIndexTest : ::testing::Test {
  tests::TemporaryFolder folder;
  SearchIndex index{folder.path()};

  void add(std::int64_t content, std::string_view text) {
    Transaction transaction(index.database(), Transaction::Kind::kUnsynced);
    index.add(0, content, text);
    index.save({0, content, content});
    transaction.commit();
  }
  Contents candidates(std::string_view text) {
    return index.candidates(index.answering(), text).value_or(Contents{-1});
  }
};

TEST_F(SearchIndexTest, CandidatesHoldTheText) {
  add(3, "abcd");
  add(7, "xabcx");
  add(9, "파발마가 달린다");
  EXPECT_EQ(candidates("abc"), (Contents{3, 7}));
  EXPECT_EQ(candidates("abcd"), Contents{3});
  EXPECT_EQ(candidates("발마가 "), Contents{9});
  EXPECT_EQ(candidates("린다"), Contents{9});
  EXPECT_EQ(candidates("다"), Contents{9});
  EXPECT_EQ(candidates("cd"), Contents{3});
  EXPECT_EQ(candidates("zzz"), Contents{});
}

TEST_F(SearchIndexTest, SubjectsAreFoundWhoeverHasThem) {
  Transaction transaction(index.database(), Transaction::Kind::kUnsynced);
  constexpr std::int64_t kFar = std::int64_t{1} << 40;
  Contents even;
  for (std::int64_t content = 1; content <= 1000; ++content) {
    index.add_subject(0, content, content % 2 == 0 ? "re: an even one" : "odd");
    if (content % 2 == 0) even.push_back(content);
  }
  index.add_subject(0, kFar, "far away");
  index.add_subject(0, kFar + 1, std::string(9000, 'x') + "end");
  index.add_subject(0, kFar + 2, std::string("one\0two one", 11));
  index.save({0, kFar + 2, 1003});
  transaction.commit();
  const auto found = [&](std::string_view text) {
    return index.subject_candidates(index.answering(), text).value_or(Contents{-1});
  };
  EXPECT_EQ(found("even"), even);
  EXPECT_EQ(found("e: an even one"), even);
  EXPECT_EQ(found("far"), Contents{kFar});
  EXPECT_EQ(found("xend"), Contents{kFar + 1});
  EXPECT_EQ(found("two"), Contents{kFar + 2});
  EXPECT_EQ(found("w"), (Contents{kFar, kFar + 2}));
  EXPECT_EQ(found("oddre"), Contents{});
  EXPECT_EQ(found(""), Contents{-1});
  EXPECT_EQ(found("a\nb"), Contents{-1});
  EXPECT_EQ(found(std::string_view("a\0b", 3)), Contents{-1});
  index.clear();
  EXPECT_EQ(found("even"), Contents{});
}

TEST_F(SearchIndexTest, NothingInATextIsAnOperator) {
  add(1, "say \"NEAR(\" or * AND ^x: -{y}");
  for (const char* text : {"\"NEAR(\"", "* AND ^", "^x:", " -{y", "\" or", "\"\"\""}) {
    const Contents found = candidates(text);
    EXPECT_EQ(found, std::string_view(text) == "\"\"\"" ? Contents{} : Contents{1}) << text;
  }
}

TEST_F(SearchIndexTest, ALongTextIsFoundBySomeOfItsTrigrams) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += std::to_string(i * i) + " ";
  add(1, text);
  EXPECT_EQ(candidates(text), Contents{1});
  EXPECT_EQ(candidates(text + "different"), Contents{});
}

TEST_F(SearchIndexTest, WhatItCantTellItSays) {
  add(1, std::string("a\0b", 3));
  EXPECT_EQ(candidates("a"), Contents{-1});
  EXPECT_EQ(candidates(""), Contents{-1});
  EXPECT_EQ(candidates(std::string_view("a\0b", 3)), Contents{-1});
}

TEST_F(SearchIndexTest, AVeryLargeTextIsAlwaysACandidate) {
  add(1, std::string(5u << 20, 'x'));
  add(2, "small");
  EXPECT_EQ(candidates("nothing"), Contents{1});
}

TEST_F(SearchIndexTest, BothSlotsLiveSideBySide) {
  add(5, "old needle");
  Transaction transaction(index.database(), Transaction::Kind::kUnsynced);
  index.begin_anew();
  EXPECT_EQ(index.answering().slot, 0);
  EXPECT_EQ(index.filling().slot, 1);
  index.add(1, 4, "new needle");
  EXPECT_EQ(candidates("needle"), Contents{5});
  index.save({1, 5, 1});
  index.retire_other(1);
  EXPECT_EQ(index.answering().slot, 1);
  EXPECT_EQ(candidates("needle"), Contents{4});
  index.clear();
  EXPECT_EQ(index.answering().to_content, 0);
  EXPECT_EQ(candidates("needle"), Contents{});
}

// RFC 5255 §4.2 needs one folding for what is asked and what is indexed.
TEST_F(SearchIndexTest, WhatWasFoldedOtherwiseIsIndexedAnew) {
  add(5, "needle");
  EXPECT_EQ(SearchIndex(folder.path()).answering().to_content, 5);
  index.database().run("UPDATE folding SET name = 'an older one'");
  EXPECT_EQ(SearchIndex(folder.path()).answering().to_content, 0);
  EXPECT_EQ(candidates("needle"), Contents{});
  add(5, "needle");
  EXPECT_EQ(SearchIndex(folder.path()).answering().to_content, 5);
}

}  // namespace
}  // namespace mailstore
