#include "mailstore/messages.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

class MessagesTest : public AccountTest {
 protected:
  MailboxChanges changes(ModSeq since, RecentClaim recent = RecentClaim::kLeave) {
    return changes_since(account(), inbox(), since, recent).value();
  }
  std::vector<Uid> read(const std::vector<mail::NumberRange>& ranges) {
    std::vector<Uid> result;
    read_messages(account(), inbox(), ranges, {}, [&](StoredMessage&& message) {
      result.push_back(message.uid);
      return true;
    });
    return result;
  }
};

TEST_F(MessagesTest, AnEmptyMailbox) {
  const MailboxView empty = view(inbox());
  EXPECT_TRUE(empty.messages.empty());
  EXPECT_EQ(empty.uid_next, 1u);
  EXPECT_EQ(empty.first_recent, 1u);
  EXPECT_EQ(open_mailbox(account(), 999, RecentClaim::kTake).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(changes_since(account(), 999, 1, RecentClaim::kTake).error(), Failure::kNoSuchMailbox);
}

TEST_F(MessagesTest, OneSessionAloneTakesRecent) {
  add_many(inbox(), 3);
  EXPECT_EQ(view(inbox()).first_recent, 1u);
  EXPECT_EQ(open_mailbox(account(), inbox(), RecentClaim::kTake)->first_recent, 1u);
  EXPECT_EQ(open_mailbox(account(), inbox(), RecentClaim::kTake)->first_recent, 4u);
  add_many(inbox(), 1);
  EXPECT_EQ(changes(1).first_recent, 4u);
  EXPECT_EQ(changes(1, RecentClaim::kTake).first_recent, 4u);
  EXPECT_EQ(changes(1, RecentClaim::kTake).first_recent, 5u);
}

TEST_F(MessagesTest, TellsWhatChanged) {
  add_many(inbox(), 5);
  const ModSeq start = status(inbox()).highest_mod_seq;
  EXPECT_TRUE(changes(start).changed.empty());
  store_flags(account(), inbox(), {{2, 2}}, FlagChange::kAdd, {mail::kSeen, {"new"}}).value();
  store_flags(account(), inbox(), {{4, 4}}, FlagChange::kAdd, {mail::kDeleted, {}}).value();
  expunge(account(), inbox(), kAll).value();
  add(inbox(), "later");
  const MailboxChanges after = changes(start);
  ASSERT_EQ(after.changed.size(), 2u);
  EXPECT_EQ(after.changed[0].uid, 2u);
  EXPECT_EQ(after.changed[0].flags, mail::kSeen | 256u);
  EXPECT_EQ(after.changed[1].uid, 6u);
  EXPECT_EQ(after.vanished, std::vector<Uid>{4});
  EXPECT_EQ(after.uid_next, 7u);
  EXPECT_EQ(after.keywords, std::vector<std::string>{"new"});
  EXPECT_TRUE(changes(after.highest_mod_seq).changed.empty());
  EXPECT_TRUE(changes(after.highest_mod_seq).vanished.empty());
  EXPECT_TRUE(changes(UINT64_MAX).changed.empty());
}

TEST_F(MessagesTest, VanishedUidsAreAscending) {
  add_many(inbox(), 10);
  store_flags(account(), inbox(), kAll, FlagChange::kAdd, {mail::kDeleted, {}}).value();
  expunge(account(), inbox(), {{8, 9}, {2, 3}}).value();
  expunge(account(), inbox(), {{1, 1}, {5, 5}}).value();
  EXPECT_EQ(changes(1).vanished, (std::vector<Uid>{1, 2, 3, 5, 8, 9}));
}

TEST_F(MessagesTest, ReadsTheRangesThatExist) {
  add_many(inbox(), 10);
  EXPECT_EQ(read({{2, 3}, {9, UINT32_MAX}}), (std::vector<Uid>{2, 3, 9, 10}));
  EXPECT_EQ(read({{5, 7}, {6, 8}, {2, 2}, {7, 5}}), (std::vector<Uid>{2, 5, 6, 7, 8}));
  EXPECT_TRUE(read({}).empty());
  EXPECT_TRUE(read({{100, 200}}).empty());
}

TEST_F(MessagesTest, ReadsOnlyTheColumnsAsked) {
  add(inbox(), "subject");
  for (int bits = 0; bits < 8; ++bits) {
    const Columns columns{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    read_messages(account(), inbox(), kAll, columns, [&](StoredMessage&& message) {
      EXPECT_EQ(message.envelope.empty(), !columns.envelope);
      EXPECT_EQ(message.body.empty(), !columns.body);
      EXPECT_EQ(message.body_structure.empty(), !columns.body_structure);
      return true;
    });
  }
}

TEST_F(MessagesTest, ReadingStopsWhenTold) {
  add_many(inbox(), 10);
  int seen = 0;
  read_messages(account(), inbox(), kAll, {}, [&](StoredMessage&&) { return ++seen < 3; });
  EXPECT_EQ(seen, 3);
  EXPECT_FALSE(account().database().in_transaction());
}

TEST_F(MessagesTest, ContentMayBeReadWhileReadingMessages) {
  add_many(inbox(), 3);
  std::string all;
  read_messages(account(), inbox(), kAll, {}, [&](StoredMessage&& message) {
    all += read_content(account(), inbox(), message.uid).value();
    return true;
  });
  EXPECT_EQ(all, message_text("0") + message_text("1") + message_text("2"));
}

TEST_F(MessagesTest, EveryPartOfAContentCanBeRead) {
  const std::string head = "Return-Path: <>\r\n";
  for (std::size_t padding : {0u, 3'000u, 10'000u}) {
    NewMessage message = new_message("x");
    message.head = head;
    message.content = padding > kInlineLimit ? staged(message_text("x", padding))
                                             : Content::of(message_text("x", padding));
    const Uid uid = append(account(), inbox(), {message}).value().messages[0].uid;
    const std::string all = head + message_text("x", padding);
    for (std::uint64_t offset : {0u, 5u, 16u, 17u, 18u, 60u, 5'000u, 20'000u})
      for (std::uint64_t length : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{20},
                                   std::uint64_t{4'000}, UINT64_MAX})
        EXPECT_EQ(read_content(account(), inbox(), uid, offset, length),
                  offset < all.size() ? all.substr(offset, length) : "")
            << padding << " " << offset << " " << length;
  }
}

TEST_F(MessagesTest, PartsOfALargeBlobAreReadInPlace) {
  Account generous(8, outside() / "8", 1 << 20, nullptr);
  const MailboxId mailbox = find_mailbox(generous, "INBOX")->id;
  NewMessage message;
  message.content = Content::of(message_text("x", 500'000) + "end");
  append(generous, mailbox, {message}).value();
  const auto size = message.content.size();
  EXPECT_EQ(read_content(generous, mailbox, 1, size - 4, 10), "xend");
  EXPECT_EQ(read_content(generous, mailbox, 1)->size(), size);
}

TEST_F(MessagesTest, WhatWasExpungedHasNoContent) {
  add(inbox(), "x", {mail::kDeleted, {}});
  expunge(account(), inbox(), kAll).value();
  EXPECT_EQ(read_content(account(), inbox(), 1), std::nullopt);
  EXPECT_EQ(read_content(account(), inbox(), 77), std::nullopt);
}

TEST_F(MessagesTest, HeldContentOutlivesItsMessage) {
  NewMessage message;
  message.content = staged(message_text("x", 10'000));
  message.flags = {mail::kDeleted, {}};
  append(account(), inbox(), {message, new_message("small", {mail::kDeleted, {}})}).value();
  const auto large = hold_content(account(), inbox(), 1);
  const auto small = hold_content(account(), inbox(), 2);
  expunge(account(), inbox(), kAll).value();
  std::string octets;
  for (std::uint64_t begin = 0; begin < large->size(); begin += 1000)
    large->append_to(octets, begin, std::min(begin + 1000, large->size()));
  EXPECT_EQ(octets, message_text("x", 10'000));
  octets.clear();
  small->append_to(octets, 0, small->size());
  EXPECT_EQ(octets, message_text("small"));
  EXPECT_FALSE(hold_content(account(), inbox(), 1));
}

TEST_F(MessagesTest, AMissingOrShortFileIsNamed) {
  NewMessage message;
  message.content = staged(message_text("x", 10'000));
  append(account(), inbox(), {message}).value();
  const auto file = folder() / "files" / "1";
  std::filesystem::resize_file(file, 100);
  EXPECT_THROW(read_content(account(), inbox(), 1), StoreError);
  EXPECT_THROW(hold_content(account(), inbox(), 1), StoreError);
  std::filesystem::remove(file);
  try {
    read_content(account(), inbox(), 1);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find(file.string() + " is missing"), std::string::npos);
  }
  store_flags(account(), inbox(), kAll, FlagChange::kAdd, {mail::kDeleted, {}}).value();
  expunge(account(), inbox(), kAll).value();
}

}  // namespace
}  // namespace mailstore
