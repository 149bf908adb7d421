#include "mua/sync/message_list.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class MessageListTest : public StoreTrial {
 protected:
  static std::vector<std::uint32_t> uids(const std::vector<Row>& rows) {
    std::vector<std::uint32_t> out;
    for (const Row& row : rows) out.push_back(row.uid);
    return out;
  }
  using Uids = std::vector<std::uint32_t>;
};

TEST_F(MessageListTest, WindowsOfTheFlatListAreNewestFirst) {
  std::vector<MessageId> ids;
  for (std::uint32_t uid = 1; uid <= 9; ++uid) ids.push_back(put(uid));
  EXPECT_EQ(uids(list.window(inbox, 0, 3)), (Uids{9, 8, 7}));
  EXPECT_EQ(uids(list.window(inbox, 7, 5)), (Uids{2, 1}));
  EXPECT_EQ(list.position(inbox, ids[0]), 8u);
  EXPECT_EQ(list.position(inbox, ids[8]), 0u);
  EXPECT_FALSE(list.position(trash, ids[8]));
}

TEST_F(MessageListTest, ThreadsAreLinesToo) {
  put(1, "a");
  put(2, "b");
  put(3, "Re: a", {"1@x.test"});
  put(4, "c");
  const auto threads = list.threads(inbox, 1, 1);
  ASSERT_EQ(threads.size(), 1u);
  EXPECT_EQ(threads[0].count, 2u);
  EXPECT_EQ(threads[0].newest.uid, 3u);
  EXPECT_EQ(uids(list.thread(inbox, threads[0].thread)), (Uids{1, 3}));
}

TEST_F(MessageListTest, ThreadsJoinWhenTheLinkComesLate) {
  put(1, "a");
  put(3, "b");
  EXPECT_EQ(list.thread_count(inbox), 2u);
  put(5, "c", {"1@x.test", "3@x.test"});
  EXPECT_EQ(list.thread_count(inbox), 1u);
  EXPECT_EQ(list.threads(inbox, 0, 1).at(0).count, 3u);
}

TEST_F(MessageListTest, FindsTheNextUnreadLineAndBeginsAgainAtTheTop) {
  for (std::uint32_t uid = 1; uid <= 5; ++uid) put(uid);
  store.database().run("UPDATE message SET flags = 1 WHERE uid NOT IN (2, 4)");
  EXPECT_EQ(list.next_unread(inbox, 0), 1u);
  EXPECT_EQ(list.next_unread(inbox, 2), 3u);
  EXPECT_EQ(list.next_unread(inbox, 4), 1u);
  store.database().run("UPDATE message SET flags = 1");
  EXPECT_FALSE(list.next_unread(inbox, 0));
}

TEST_F(MessageListTest, TheHeaderHasAllFields) {
  const MessageId id = put(1, "subject", {"a@b", "c@d"});
  const auto header = list.header(id);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->subject, "subject");
  EXPECT_EQ(header->message_id, "<1@x.test>");
  EXPECT_EQ(header->references, (std::vector<std::string>{"a@b", "c@d"}));
  EXPECT_EQ(header->to.at(0).name, "Bob Miller");
  EXPECT_EQ(list.find(inbox, 1), id);
  EXPECT_FALSE(list.header(99));
  const std::vector<MessageId> some{99, id};
  EXPECT_EQ(list.rows(some).size(), 1u);
}

}  // namespace
}  // namespace mua::sync
