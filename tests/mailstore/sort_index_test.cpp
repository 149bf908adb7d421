#include "mailstore/sort_index.hpp"

#include <fstream>

#include "tests/mailstore/sort_fixture.hpp"

namespace mailstore {
namespace {

class SortIndexTest : public SortFixture {
 protected:
  SortIndexTest() { add({"Subject: a", "Subject: b", "Subject: c"}); }

  void add_chunk(SortIndex& index, Uid first, Uid last) {
    ChunkWriter columns(index.secret());
    for (Uid uid = first; uid <= last; ++uid) {
      SortableMessage message;
      message.uid = uid;
      message.facts.subject = fmt::format("S{}", uid);
      columns.add(message);
    }
    const auto content = account.database().integer(
        "SELECT content FROM message WHERE mailbox = ? AND uid = ?", inbox, last);
    index.add(inbox, view().uid_validity, {0, first, last, 0, content.value_or(0)}, columns);
  }
  std::vector<std::string> subjects(SortIndex& index) {
    std::vector<std::string> texts;
    for (const auto& chunk : index.chunks(account, inbox, view()))
      index.read(chunk, SortColumn::kSubject, [&](std::string_view octets) {
        for (ColumnReader reader(octets); !reader.at_end();) texts.emplace_back(reader.text());
      });
    return texts;
  }
};

TEST_F(SortIndexTest, KeepsChunksInOrder) {
  SortIndex index(account.folder());
  add_chunk(index, 1, 2);
  add_chunk(index, 3, 3);
  EXPECT_EQ(subjects(index), (std::vector<std::string>{"S1", "S2", "S3"}));
  EXPECT_EQ(SortIndex(account.folder()).secret(), index.secret());
  EXPECT_EQ(index.secret().size(), 32u);
}

TEST_F(SortIndexTest, AChunkIsThereOnce) {
  SortIndex index(account.folder());
  add_chunk(index, 1, 2);
  add_chunk(index, 1, 2);
  add_chunk(index, 2, 3);
  EXPECT_EQ(subjects(index), (std::vector<std::string>{"S1", "S2"}));
}

TEST_F(SortIndexTest, AnotherLifeOfTheMailboxIsNoticed) {
  SortIndex index(account.folder());
  // A UID that was not given yet, a content that is not the one it had, another UIDVALIDITY.
  add_chunk(index, 1, 9);
  EXPECT_TRUE(subjects(index).empty());
  add_chunk(index, 1, 2);
  account.database().run("UPDATE message SET content = content + 100 WHERE uid = 2");
  EXPECT_TRUE(subjects(index).empty());
  add_chunk(index, 1, 2);
  auto other = view();
  ++other.uid_validity;
  EXPECT_TRUE(index.chunks(account, inbox, other).empty());
}

TEST_F(SortIndexTest, AnExpungedMessageIsNoOtherLife) {
  SortIndex index(account.folder());
  add_chunk(index, 1, 3);
  remove(3, 3);
  EXPECT_EQ(subjects(index).size(), 3u);
}

TEST_F(SortIndexTest, ForgetsDeletedMailboxes) {
  SortIndex index(account.folder());
  add_chunk(index, 1, 3);
  ChunkWriter columns("");
  columns.add({});
  index.add(4711, 1, {0, 1, 1, 0, 0}, columns);
  index.forget_deleted(account);
  EXPECT_EQ(subjects(index).size(), 3u);
  Database database(account.folder() / "sort.db");
  EXPECT_EQ(database.integer("SELECT count(*) FROM chunk"), 1);
  EXPECT_EQ(database.integer("SELECT count(*) FROM packed"), kSortColumns);
}

TEST_F(SortIndexTest, KnowsThePlaceOfATextAmongThoseRanked) {
  SortIndex index(account.folder());
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) texts.push_back(fmt::format("{:04}", 2 * i));
  std::vector<std::string_view> views(texts.begin(), texts.end());
  index.save_ranks(inbox, SortColumn::kFrom, order_texts(views), views);
  EXPECT_EQ(index.ranks(inbox, SortColumn::kFrom).size(), 1000u);
  EXPECT_TRUE(index.ranks(inbox, SortColumn::kTo).empty());
  for (int i = 0; i < 2002; ++i) {
    const auto place = index.place_of(inbox, SortColumn::kFrom, fmt::format("{:04}", i));
    EXPECT_EQ(place.is_there, i % 2 == 0 && i < 2000) << i;
    EXPECT_EQ(place.rank, static_cast<std::uint32_t>(std::min(1000, (i + 1) / 2))) << i;
  }
  EXPECT_EQ(index.place_of(inbox, SortColumn::kFrom, "").rank, 0u);
  EXPECT_EQ(index.place_of(inbox, SortColumn::kTo, "x").rank, 0u);
}

TEST_F(SortIndexTest, ADamagedFileIsMadeAnew) {
  add_chunk(*std::make_unique<SortIndex>(account.folder()), 1, 3);
  std::ofstream(account.folder() / "sort.db") << "no database at all, whatever its name says";
  SortIndex index(account.folder());
  EXPECT_TRUE(subjects(index).empty());
  add_chunk(index, 1, 3);
  EXPECT_EQ(subjects(index).size(), 3u);
}

}  // namespace
}  // namespace mailstore
