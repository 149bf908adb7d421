#include "mailstore/search.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "mailstore/search_index.hpp"
#include "tests/mailstore/search_fixture.hpp"

namespace mailstore {
namespace {

struct IndexMoreTest : SearchTest {};

TEST_F(IndexMoreTest, WhatIsNotCoveredYetIsScanned) {
  add("Subject: one\r\n\r\n");
  index_all();
  add("Subject: one more\r\n\r\n");
  EXPECT_EQ(find(text_key(Kind::kText, "one")), (Uids{1, 2}));
  EXPECT_EQ(index_more(account, 10), 1u);
  EXPECT_EQ(index_more(account, 10), 0u);
  EXPECT_EQ(find(text_key(Kind::kText, "one")), (Uids{1, 2}));
}

TEST_F(IndexMoreTest, ANulDoesNotHideWhatFollows) {
  add(std::string("Subject: x\r\n\r\nbefore\0after\r\n", 28));
  index_all();
  EXPECT_EQ(find(text_key(Kind::kBody, "before")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kBody, "after")), (Uids{1}));
}

TEST_F(IndexMoreTest, LargeContentsInFilesAreFoundToo) {
  std::string large = "Subject: large\r\n\r\n";
  while (large.size() < 20'000) large += "filling line\r\n";
  add(large + "needle\r\n");
  index_all();
  EXPECT_EQ(find(text_key(Kind::kBody, "needle")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kHeader, "large", "subject")), (Uids{1}));
}

TEST_F(IndexMoreTest, ADamagedIndexIsMadeAnew) {
  add("Subject: needle\r\n\r\n");
  index_all();
  std::ofstream(folder.path() / "1" / "search.db") << "this is no database, whatever its name";
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
  EXPECT_EQ(index_more(account, 10), 1u);
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
}

TEST_F(IndexMoreTest, AnIndexFromTheFutureIsMadeAnew) {
  add("Subject: needle\r\n\r\n");
  {
    SearchIndex index(account.folder());
    Transaction transaction(index.database(), Transaction::Kind::kWrite);
    index.save({0, 4711, 4711});
    transaction.commit();
  }
  index_all();
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
}

TEST_F(IndexMoreTest, AnIndexOfMessagesMostlyGoneIsRebuilt) {
  std::vector<NewMessage> many(1500);
  for (NewMessage& message : many) message.content = Content::of("Subject: needle\r\n\r\n");
  ASSERT_TRUE(append(account, inbox, many));
  index_all(1000);
  remove("1:1499");
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500}));
  index_all();
  add("Subject: late needle\r\n\r\n");
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500, 1501}));
  index_all();
  index_all();
  SearchIndex index(account.folder());
  EXPECT_EQ(index.answering().contents, 2);
  EXPECT_EQ(index.candidates(index.answering(), "needle")->size(), 2u);
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500, 1501}));
}

}  // namespace
}  // namespace mailstore
