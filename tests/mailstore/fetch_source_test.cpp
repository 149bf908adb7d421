#include "mailstore/fetch_source.hpp"

#include <fstream>
#include <random>

#include "tests/mailstore/fetch_fixture.hpp"

namespace mailstore {
namespace {

class FetchSourceTest : public FetchTest {};

TEST_F(FetchSourceTest, PacksWhatIsMuchAndReadsItThen) {
  add_many(inbox(), 1000);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512 513-1000");
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512 513-1000");
}

TEST_F(FetchSourceTest, ReadsFromWhatIsPacked) {
  add_many(inbox(), 512);
  const auto before = fetched();
  account().database().run("UPDATE content SET envelope = '(changed)'");
  EXPECT_EQ(fetched(), before);
  EXPECT_EQ(fetched(view(inbox()), {1, 50}), stored({{1, 50}})) << "few are read from the store";
}

TEST_F(FetchSourceTest, FewAreNotPacked) {
  add_many(inbox(), 255);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "");
  add_many(inbox(), 400);
  EXPECT_EQ(fetched(view(inbox()), {1, 200}), stored({{1, 200}}));
  EXPECT_EQ(packed(), "");
  EXPECT_EQ(fetched(view(inbox()), {300, 600}), stored({{300, 600}}));
  EXPECT_EQ(packed(), "300-600");
}

TEST_F(FetchSourceTest, WhatIsBetweenChunksIsPackedToo) {
  add_many(inbox(), 1500);
  fetched(view(inbox()), {600, 1000});
  EXPECT_EQ(packed(), "600-1000");
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512 600-1000 1001-1500");
  EXPECT_EQ(fetched(), stored());
}

TEST_F(FetchSourceTest, OnlyTheTextsAskedForAreGiven) {
  add_many(inbox(), 300);
  for (int round = 0; round < 2; ++round) {
    const Columns envelope{.envelope = true}, structure{.body_structure = true};
    const auto full = stored();
    EXPECT_EQ(fetched(view(inbox()), kAll.front(), envelope).size(), full.size());
    if (round == 0) continue;
    EXPECT_EQ(fetched(view(inbox()), kAll.front(), envelope), stored(kAll, envelope));
    EXPECT_EQ(fetched(view(inbox()), kAll.front(), structure), stored(kAll, structure));
  }
}

TEST_F(FetchSourceTest, OtherColumnsAreReadFromTheStore) {
  add_many(inbox(), 300);
  fetched(view(inbox()), kAll.front(), {.envelope = true, .body = true});
  fetched(view(inbox()), kAll.front(), {.envelope = true, .thread = true});
  fetched(view(inbox()), kAll.front(), {});
  EXPECT_EQ(packed(), "");
}

TEST_F(FetchSourceTest, WhatVanishedIsNotGiven) {
  add_many(inbox(), 1000);
  fetched();
  const MailboxView before = view(inbox());
  remove(100, 150);
  EXPECT_EQ(fetched(before, kAll.front()), stored()) << "the view has them still";
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512 513-1000");
}

TEST_F(FetchSourceTest, WhatComesLaterIsPackedOnceItIsMuch) {
  add_many(inbox(), 512);
  fetched();
  const MailboxView before = view(inbox());
  add_many(inbox(), 300);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512 513-812");
  EXPECT_EQ(fetched(before, kAll.front()), stored({{1, 512}})) << "a view that is behind";
}

TEST_F(FetchSourceTest, AChunkMostlyGoneIsPackedAnew) {
  add_many(inbox(), 1536);
  fetched();
  EXPECT_EQ(packed(), "1-512 513-1024 1025-1536");
  remove(1, 400);
  remove(500, 900);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1025-1536") << "what is left, 223, is too little";
  EXPECT_EQ(fetched(), stored());
  remove(1100, 1536);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "401-1099");
}

TEST_F(FetchSourceTest, DeletedMailboxesAreForgotten) {
  add_many(inbox(), 300);
  ASSERT_TRUE(create_mailbox(account(), "Gone"));
  const MailboxId gone = id("Gone");
  add_many(gone, 300);
  const MailboxView seen = view(gone);
  FetchSource source(gone, seen, kBoth, 300);
  source.read(account(), {{1, 300}}, [](auto&&) {});
  source.finish();
  ASSERT_TRUE(delete_mailbox(account(), "Gone"));
  fetched();
  fetched();
  Database copy(folder() / "fetch.db");
  EXPECT_EQ(copy.integer("SELECT count(*) FROM chunk"), 1);
}

TEST_F(FetchSourceTest, AStorePutBackFromABackupIsNoticed) {
  add_many(inbox(), 600);
  const auto file = folder() / "mail.db";
  account().database().snapshot(outside() / "backup.db");
  add_many(inbox(), 400);
  fetched();
  close();
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
  std::filesystem::rename(outside() / "backup.db", file);
  // The same UIDs and contents, other messages.
  std::vector<NewMessage> others;
  for (int i = 0; i < 450; ++i)
    others.push_back(new_message("another, and longer, " + std::to_string(i)));
  ASSERT_TRUE(append(account(), inbox(), others));
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(fetched(), stored());
}

TEST_F(FetchSourceTest, ADamagedCopyIsNoTrouble) {
  add_many(inbox(), 600);
  fetched();
  {
    Database copy(folder() / "fetch.db");
    copy.run("UPDATE packed SET octets = x'00' WHERE id % 8 = 2");
  }
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "");
  fetched();
  std::ofstream(folder() / "fetch.db") << "no database at all, whatever its name says";
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-512") << "88 are too few";
  std::filesystem::remove(folder() / "fetch.db");
  std::filesystem::create_directory(folder() / "fetch.db");
  EXPECT_EQ(fetched(), stored());
}

TEST_F(FetchSourceTest, ALargeTextIsLeftOut) {
  add_many(inbox(), 300);
  NewMessage large = new_message("x");
  large.content = Content::of("Subject: " + std::string(100'000, 's') + "\r\n\r\n");
  ASSERT_TRUE(append(account(), inbox(), {large}));
  add_many(inbox(), 300);
  EXPECT_EQ(fetched(), stored());
  EXPECT_EQ(packed(), "1-300 302-601");
  EXPECT_EQ(fetched(), stored());
}

TEST_F(FetchSourceTest, WhateverHappensItGivesWhatTheStoreGives) {
  std::mt19937 random(20261121);
  const auto number = [&](std::uint32_t below) { return static_cast<Uid>(random() % below); };
  for (int round = 0; round < 30; ++round) {
    if (round == 0 || number(3) == 0) add_many(inbox(), static_cast<int>(number(900)) + 1);
    const Uid next = view(inbox()).uid_next;
    if (const Uid first = 1 + number(next); number(2) == 0) remove(first, first + number(200));
    const Uid first = 1 + number(next), last = first + number(next);
    const std::size_t batch = 1 + number(400);
    EXPECT_EQ(fetched(view(inbox()), {first, last}, kBoth, batch), stored({{first, last}}));
  }
}

}  // namespace
}  // namespace mailstore
