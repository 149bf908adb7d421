#include "mua/sync/joined_list.hpp"

#include <gtest/gtest.h>

#include <random>

#include "mail/flags.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class JoinedListTest : public StoreTrial {
 protected:
  struct Other {
    explicit Other(const std::filesystem::path& file) : store(file) {}
    LocalStore store;
    Folders folders{store};
    MessageWriter writer{store};
    FolderId inbox = folders.require("INBOX");
  };

  MessageId put_at(MessageWriter& to, FolderId into, std::uint32_t uid, std::int64_t date) {
    auto fetched = message(uid, "m" + std::to_string(uid));
    fetched.internal_date = mail::DateTime{date, 0};
    return to.put(into, fetched).value_or(0);
  }
  JoinedList joined() {
    return JoinedList({{store, inbox}, {other_.store, other_.inbox}, {third_.store, third_.inbox}});
  }
  /// Messages at random seconds, many of them the same, in all three.
  void fill(std::uint32_t count) {
    for (LocalStore* one : {&store, &other_.store, &third_.store})
      one->database().script("PRAGMA synchronous = OFF");
    std::mt19937 random(7);
    for (std::uint32_t uid = 1; uid <= count; ++uid) {
      const std::int64_t date = 1'700'000'000 + static_cast<std::int64_t>(random() % (count / 2));
      switch (random() % 3) {
        case 0: put_at(writer, inbox, uid, date); break;
        case 1: put_at(other_.writer, other_.inbox, uid, date); break;
        default: put_at(third_.writer, third_.inbox, uid, date);
      }
    }
  }

  Other other_{folder / "other.db"};
  Other third_{folder / "third.db"};
};

TEST_F(JoinedListTest, IdsTellWhoseTheyAre) {
  EXPECT_NE(store.number(), other_.store.number());
  EXPECT_EQ(store_number(inbox), store.number());
  EXPECT_EQ(store_number(put(1)), store.number());
  EXPECT_EQ(store_number(put_at(other_.writer, other_.inbox, 1, 5)), other_.store.number());
  LocalStore again(folder / "other.db");
  EXPECT_EQ(again.number(), other_.store.number());
}

TEST_F(JoinedListTest, MergesByDateAndKeepsTheOrderOfAccountsWithinASecond) {
  const auto a = put_at(writer, inbox, 1, 100);
  const auto b = put_at(other_.writer, other_.inbox, 1, 200);
  const auto c = put_at(third_.writer, third_.inbox, 1, 100);
  const auto d = put_at(writer, inbox, 2, 300);
  JoinedList all = joined();
  ASSERT_EQ(all.count(), 4u);
  std::vector<MessageId> ids;
  for (const Row& row : all.window(0, 10)) ids.push_back(row.id);
  EXPECT_EQ(ids, (std::vector<MessageId>{d, b, a, c}));
  EXPECT_EQ(all.position(c), 3u);
  EXPECT_EQ(all.position(a), 2u);
  EXPECT_EQ(all.position(a + 1000), std::nullopt);
  EXPECT_EQ(all.rows(std::vector{c, a + 1000, b}).size(), 2u);
}

TEST_F(JoinedListTest, AnyWindowIsAPartOfTheWhole) {
  fill(360);
  JoinedList all = joined();
  const std::vector<Row> whole = all.window(0, 2000);
  ASSERT_EQ(whole.size(), 360u);
  for (std::size_t i = 1; i < whole.size(); ++i) ASSERT_GE(whole[i - 1].date, whole[i].date);
  for (const std::uint32_t first : {0u, 300u, 310u, 290u, 359u, 340u, 200u, 360u, 5u, 280u}) {
    const auto part = all.window(first, 20);
    ASSERT_EQ(part.size(), std::min<std::size_t>(20, 360 - first)) << first;
    for (std::size_t i = 0; i < part.size(); ++i)
      EXPECT_EQ(part[i].id, whole[first + i].id) << first;
  }
  for (const std::uint32_t line : {0u, 149u, 150u, 358u, 359u}) {
    EXPECT_EQ(all.position(whole[line].id), line);
  }
}

TEST_F(JoinedListTest, FindsTheNextUnreadOfAll) {
  fill(60);
  JoinedList all = joined();
  const std::vector<Row> whole = all.window(0, 60);
  std::vector<MessageId> mine, others, thirds;
  for (std::size_t line = 0; line < whole.size(); ++line) {
    if (line == 10 || line == 50) continue;
    auto& list = store_number(whole[line].id) == store.number()          ? mine
                 : store_number(whole[line].id) == other_.store.number() ? others
                                                                         : thirds;
    list.push_back(whole[line].id);
  }
  using Change = Actions::Change;
  Actions(store).flag(mine, "\\Seen", Change::kSet, kNow);
  Actions(other_.store).flag(others, "\\Seen", Change::kSet, kNow);
  Actions(third_.store).flag(thirds, "\\Seen", Change::kSet, kNow);
  EXPECT_EQ(all.next_unread(0), 10u);
  EXPECT_EQ(all.next_unread(10), 10u);
  EXPECT_EQ(all.next_unread(11), 50u);
  EXPECT_EQ(all.next_unread(51), 10u);
}

TEST_F(JoinedListTest, AnEmptyOneHasNothing) {
  JoinedList all = joined();
  EXPECT_EQ(all.count(), 0u);
  EXPECT_TRUE(all.window(0, 10).empty());
  EXPECT_EQ(all.next_unread(0), std::nullopt);
}

}  // namespace
}  // namespace mua::sync
