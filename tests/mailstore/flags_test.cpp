#include "mailstore/flags.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

class FlagsTest : public AccountTest {
 protected:
  StoreResult store(FlagChange change, const mail::FlagSet& flags,
                    const std::vector<mail::NumberRange>& ranges = kAll,
                    std::optional<ModSeq> unchanged_since = {}) {
    return store_flags(account(), inbox(), ranges, change, flags, unchanged_since).value();
  }
  FlagBits flags(Uid uid) {
    for (const auto& message : view(inbox()).messages)
      if (message.uid == uid) return message.flags;
    return ~FlagBits{0};
  }
};

TEST_F(FlagsTest, AddsRemovesAndReplaces) {
  add(inbox(), "x", {mail::kSeen, {"$a"}});
  EXPECT_EQ(store(FlagChange::kAdd, {mail::kFlagged, {"$B"}}).messages[0].flags,
            mail::kSeen | mail::kFlagged | 256u | 512u);
  EXPECT_EQ(store(FlagChange::kRemove, {mail::kSeen, {"$b", "unknown"}}).messages[0].flags,
            mail::kFlagged | 256u)
      << "keywords in any case";
  EXPECT_EQ(store(FlagChange::kReplace, {mail::kDraft, {}}).messages[0].flags, +mail::kDraft);
  EXPECT_EQ(mailbox_keywords(account(), inbox()), (std::vector<std::string>{"$a", "$B"}));
  EXPECT_EQ(flags(1), +mail::kDraft);
}

TEST_F(FlagsTest, OnlyWhatChangesGetsANewModSeq) {
  add(inbox(), "one", {mail::kSeen, {}});
  add(inbox(), "two");
  const ModSeq before = status(inbox()).highest_mod_seq;
  const StoreResult result = store(FlagChange::kAdd, {mail::kSeen, {}});
  ASSERT_EQ(result.messages.size(), 2u);
  EXPECT_LE(result.messages[0].mod_seq, before);
  EXPECT_EQ(result.messages[1].mod_seq, before + 1);
  EXPECT_EQ(status(inbox()).highest_mod_seq, before + 1);
  store(FlagChange::kAdd, {mail::kSeen, {}});
  EXPECT_EQ(status(inbox()).highest_mod_seq, before + 1) << "nothing changed";
  EXPECT_EQ(status(inbox()).unseen, 0u);
}

TEST_F(FlagsTest, UnchangedSinceRefuses) {
  add_many(inbox(), 3);
  const ModSeq before = status(inbox()).highest_mod_seq;
  store(FlagChange::kAdd, {mail::kFlagged, {}}, {{2, 2}});
  const StoreResult result = store(FlagChange::kAdd, {mail::kSeen, {}}, kAll, before);
  EXPECT_EQ(result.modified, std::vector<Uid>{2});
  ASSERT_EQ(result.messages.size(), 2u);
  EXPECT_EQ(result.messages[1].uid, 3u);
  EXPECT_EQ(flags(2), +mail::kFlagged);
  EXPECT_EQ(store(FlagChange::kAdd, {mail::kSeen, {}}, kAll, 0).modified.size(), 3u);
  EXPECT_TRUE(store(FlagChange::kAdd, {mail::kSeen, {}}, kAll, UINT64_MAX).modified.empty());
}

TEST_F(FlagsTest, AllKeywordSlotsCanBeUsed) {
  add(inbox(), "x");
  mail::FlagSet all;
  for (int i = 0; i < 55; ++i) all.keywords.push_back("k" + std::to_string(i));
  store(FlagChange::kAdd, all);
  EXPECT_EQ(flags(1) >> 8, (FlagBits{1} << 55) - 1);
  EXPECT_EQ(store_flags(account(), inbox(), kAll, FlagChange::kAdd, {0, {"more"}}).error(),
            Failure::kTooManyKeywords);
  store(FlagChange::kRemove, {0, {"k54"}});
  EXPECT_EQ(flags(1) >> 8, (FlagBits{1} << 54) - 1);
  store(FlagChange::kReplace, {});
  EXPECT_EQ(flags(1), 0u);
}

TEST_F(FlagsTest, NoSuchMailbox) {
  EXPECT_EQ(store_flags(account(), 999, kAll, FlagChange::kAdd, {}).error(),
            Failure::kNoSuchMailbox);
  EXPECT_EQ(expunge(account(), 999, kAll).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(copy_messages(account(), 999, kAll, inbox()).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(copy_messages(account(), inbox(), kAll, 999).error(), Failure::kNoSuchMailbox);
  EXPECT_EQ(move_messages(account(), inbox(), kAll, 999).error(), Failure::kNoSuchMailbox);
}

TEST_F(FlagsTest, ExpungeTakesTheDeletedAmongTheUids) {
  add_many(inbox(), 5);
  store(FlagChange::kAdd, {mail::kDeleted, {}}, {{2, 4}});
  EXPECT_EQ(expunge(account(), inbox(), {{1, 3}}).value(), (std::vector<Uid>{2, 3}));
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{1, 4, 5}));
  EXPECT_TRUE(expunge(account(), inbox(), {{1, 3}}).value().empty());
  EXPECT_EQ(add(inbox(), "next"), 6u);
}

TEST_F(FlagsTest, TheHighestUidIsNotGivenAgain) {
  add_many(inbox(), 3);
  store(FlagChange::kAdd, {mail::kDeleted, {}});
  expunge(account(), inbox(), kAll).value();
  reopen();
  EXPECT_EQ(add(inbox(), "next"), 4u);
}

TEST_F(FlagsTest, ExpungeRemovesFiles) {
  NewMessage message;
  message.content = staged(message_text("x", 10'000));
  message.flags.system = mail::kDeleted;
  append(account(), inbox(), {message}).value();
  EXPECT_EQ(file_count(), 1u);
  expunge(account(), inbox(), kAll).value();
  EXPECT_EQ(file_count(), 0u);
}

TEST_F(FlagsTest, ALargeExpungeGivesBackItsRoomLater) {
  add_many(inbox(), 100);
  NewMessage large;
  large.content = staged(message_text("large", 10'000));
  append(account(), inbox(), {large}).value();
  store_flags(account(), inbox(), kAll, FlagChange::kAdd, {mail::kDeleted, {}}).value();
  EXPECT_EQ(expunge(account(), inbox(), kAll).value().size(), 101u);
  expect_consistent(account());
  EXPECT_EQ(file_count(), 1u);
  EXPECT_EQ(remove_released(account(), 70), 70u);
  expect_consistent(account());
  EXPECT_EQ(remove_released(account(), 70), 31u);
  EXPECT_EQ(remove_released(account(), 70), 0u);
  EXPECT_EQ(file_count(), 0u);
  EXPECT_EQ(account().database().integer("SELECT count(*) FROM octets"), 0);
}

}  // namespace
}  // namespace mailstore
