#include "mua/sync/thread_list.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class ThreadListTest : public StoreTrial {
 protected:
  using Uids = std::vector<std::uint32_t>;
  static Uids uids(const std::vector<Row>& rows) {
    Uids out;
    for (const Row& row : rows) out.push_back(row.uid);
    return out;
  }
  ThreadList threads(Folds folds = {}) { return {{ListSource{store, inbox}}, std::move(folds)}; }
  /// Of this account and another one.
  ThreadList joined(Folds folds = {}) {
    return {{ListSource{store, inbox}, ListSource{other_, others_}}, std::move(folds)};
  }
  MessageId put_other(std::uint32_t uid, const std::string& subject,
                      std::vector<std::string> references = {}) {
    return other_writer_.put(others_, message(uid, subject, std::move(references))).value_or(0);
  }

  LocalStore other_{folder / "other.db"};
  MessageWriter other_writer_{other_};
  FolderId others_ = Folders(other_).require("INBOX");
};

TEST_F(ThreadListTest, ThreadsStandByTheirNewestMessage) {
  put(1, "a");
  put(2, "b");
  const MessageId answer = put(3, "Re: a", {"1@x.test"});
  put(4, "c");
  EXPECT_EQ(uids(threads().window(0, 9)), (Uids{4, 1, 3, 2}));
  EXPECT_EQ(uids(threads().window(2, 1)), (Uids{3}));
  EXPECT_EQ(threads().window(2, 1).at(0).depth, 1u);
  EXPECT_EQ(threads().position(answer), 2u);
  EXPECT_EQ(threads().count(), 4u);
}

TEST_F(ThreadListTest, FindsTheNextUnreadLineAndBeginsAgainAtTheTop) {
  for (std::uint32_t uid = 1; uid <= 5; ++uid) put(uid);
  store.database().run("UPDATE message SET flags = 1 WHERE uid NOT IN (2, 4)");
  EXPECT_EQ(threads().next_unread(0), 1u);
  EXPECT_EQ(threads().next_unread(2), 3u);
  EXPECT_EQ(threads().next_unread(4), 1u);
  store.database().run("UPDATE message SET flags = 1");
  EXPECT_FALSE(threads().next_unread(0));
}

TEST_F(ThreadListTest, ThreadsOfSeveralAccountsAreMerged) {
  put(1, "a");
  put_other(2, "b");
  const MessageId answer = put(3, "Re: a", {"1@x.test"});
  const MessageId others = put_other(4, "Re: b", {"2@x.test"});
  put(5, "c");
  EXPECT_EQ(joined().count(), 5u);
  EXPECT_EQ(uids(joined().window(0, 9)), (Uids{5, 2, 4, 1, 3}));
  EXPECT_EQ(uids(joined().window(3, 9)), (Uids{1, 3}));
  EXPECT_EQ(joined().position(answer), 4u);
  EXPECT_EQ(joined().position(others), 2u);
  store.database().run("UPDATE message SET flags = 1");
  EXPECT_EQ(joined().next_unread(0), 1u);
  EXPECT_EQ(joined().next_unread(2), 2u);
  EXPECT_EQ(joined().next_unread(3), 1u);
}

TEST_F(ThreadListTest, AFoldedThreadIsOfOneAccount) {
  const MessageId mine = put(1, "a");
  put(2, "Re: a", {"1@x.test"});
  const MessageId others = put_other(1, "b");
  put_other(2, "Re: b", {"1@x.test"});
  const ThreadId thread = list.row(mine)->thread;
  EXPECT_NE(thread, MessageList(other_).row(others)->thread);
  const Folds folds{Folds::Usual::kOpen, {thread}};
  EXPECT_EQ(joined(folds).count(), 3u);
  const std::vector<Row> rows = joined(folds).window(0, 9);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].folded, 2u);
  EXPECT_EQ(rows[0].folded_unread, 2u);
  EXPECT_EQ(rows[1].id, others);
  const Folds all{Folds::Usual::kFolded, {}};
  EXPECT_EQ(joined(all).count(), 2u);
  EXPECT_EQ(joined(all).position(others), 1u);
}

TEST_F(ThreadListTest, WhatIsElsewhereHasNoLine) {
  EXPECT_FALSE(threads().position(put_into(trash, 1)));
  EXPECT_FALSE(threads().position(put_other(1, "b")));
  EXPECT_TRUE(threads().window(0, 9).empty());
}

}  // namespace
}  // namespace mua::sync
