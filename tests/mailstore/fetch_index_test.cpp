#include "mailstore/fetch_index.hpp"

#include "tests/mailstore/fetch_fixture.hpp"

namespace mailstore {
namespace {

class FetchIndexTest : public FetchTest {
 protected:
  FetchIndexTest() { add_many(inbox(), 6); }

  void add_chunk(FetchIndex& index, Uid first, Uid last) {
    FetchChunkWriter writer;
    read_messages(account(), inbox(), {{first, last}}, kBoth, [&](StoredMessage&& message) {
      writer.add(message);
      return true;
    });
    index.add(inbox(), view(inbox()).uid_validity, writer);
  }
  std::vector<std::string> all(FetchIndex& index, Columns columns = kBoth) {
    std::vector<std::string> lines;
    for (const auto& chunk : index.chunks(inbox(), view(inbox()).uid_validity)) {
      const auto found = index.read(account(), inbox(), chunk, columns);
      for (std::size_t i = 0; found && i < found->size(); ++i)
        lines.push_back(line(found->message(i)));
    }
    return lines;
  }
};

TEST_F(FetchIndexTest, KeepsChunksInOrder) {
  FetchIndex index(folder());
  add_chunk(index, 4, 6);
  add_chunk(index, 1, 3);
  EXPECT_EQ(packed(), "1-3 4-6");
  EXPECT_EQ(all(index), stored());
  EXPECT_EQ(all(index, {.envelope = true}), stored(kAll, {.envelope = true}));
}

TEST_F(FetchIndexTest, WhatIsThereIsNotAddedAgain) {
  FetchIndex index(folder());
  add_chunk(index, 2, 3);
  add_chunk(index, 1, 2);
  add_chunk(index, 3, 5);
  add_chunk(index, 1, 6);
  EXPECT_EQ(packed(), "2-3");
}

TEST_F(FetchIndexTest, AnotherLifeOfTheMailboxIsNoticed) {
  FetchIndex index(folder());
  add_chunk(index, 1, 6);
  account().database().run("UPDATE message SET save_date = save_date + 1 WHERE uid = 6");
  EXPECT_TRUE(all(index).empty());
  EXPECT_EQ(packed(), "");
  add_chunk(index, 1, 6);
  EXPECT_TRUE(index.chunks(inbox(), view(inbox()).uid_validity + 1).empty());
  EXPECT_EQ(packed(), "");
}

TEST_F(FetchIndexTest, AnExpungedMessageIsNoOtherLife) {
  FetchIndex index(folder());
  add_chunk(index, 1, 4);
  remove(3, 6);
  EXPECT_EQ(all(index).size(), 4u);
  remove(1, 2);
  EXPECT_EQ(all(index).size(), 4u);
}

TEST_F(FetchIndexTest, Removes) {
  FetchIndex index(folder());
  add_chunk(index, 1, 3);
  add_chunk(index, 4, 6);
  index.remove({index.chunks(inbox(), view(inbox()).uid_validity).front()});
  EXPECT_EQ(packed(), "4-6");
  index.forget(inbox());
  EXPECT_EQ(packed(), "");
  Database database(folder() / "fetch.db");
  EXPECT_EQ(database.integer("SELECT count(*) FROM packed"), 0);
}

TEST_F(FetchIndexTest, ForgetsDeletedMailboxes) {
  FetchIndex index(folder());
  add_chunk(index, 1, 6);
  FetchChunkWriter writer;
  writer.add({});
  index.add(4711, 1, writer);
  index.forget_deleted(account());
  EXPECT_EQ(packed(), "1-6");
  Database database(folder() / "fetch.db");
  EXPECT_EQ(database.integer("SELECT count(*) FROM chunk"), 1);
  EXPECT_EQ(database.integer("SELECT count(*) FROM packed"), kFetchColumns);
}

}  // namespace
}  // namespace mailstore
