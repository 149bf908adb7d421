#include "mailstore/copy.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

using Pairs = std::vector<std::pair<Uid, Uid>>;

class CopyTest : public AccountTest {
 protected:
  CopyResult copy(MailboxId from, const std::vector<mail::NumberRange>& ranges, MailboxId to) {
    return copy_messages(account(), from, ranges, to).value();
  }
  CopyResult move(MailboxId from, const std::vector<mail::NumberRange>& ranges, MailboxId to) {
    return move_messages(account(), from, ranges, to).value();
  }
  void empty(MailboxId mailbox) {
    store_flags(account(), mailbox, kAll, FlagChange::kAdd, {mail::kDeleted, {}}).value();
    expunge(account(), mailbox, kAll).value();
  }
  std::int64_t contents() {
    return account().database().integer("SELECT count(*) FROM content").value();
  }
};

TEST_F(CopyTest, CopiesShareTheirOctets) {
  add_many(inbox(), 5);
  const MailboxId sent = id("Sent");
  add(sent, "there");
  const CopyResult result = copy(inbox(), {{2, 3}, {5, 9}}, sent);
  EXPECT_EQ(result.uid_validity, view(sent).uid_validity);
  EXPECT_EQ(result.copied, (Pairs{{2, 2}, {3, 3}, {5, 4}}));
  EXPECT_EQ(contents(), 6);
  EXPECT_EQ(read_content(account(), sent, 4), read_content(account(), inbox(), 5));
  copy(inbox(), kAll, sent);
  empty(inbox());
  EXPECT_EQ(contents(), 6) << "the copies have them still";
  EXPECT_EQ(read_content(account(), sent, 4), message_text("4"));
  empty(sent);
  EXPECT_EQ(contents(), 0);
}

TEST_F(CopyTest, FlagsKeywordsAndDateAreKept) {
  const MailboxId sent = id("Sent");
  add(sent, "there", {0, {"$b"}});
  add(inbox(), "x", {mail::kSeen, {"$a", "$B", "$c"}});
  copy(inbox(), kAll, sent);
  const MailboxView after = view(sent);
  EXPECT_EQ(after.keywords, (std::vector<std::string>{"$b", "$a", "$c"}));
  EXPECT_EQ(after.messages[1].flags, mail::kSeen | 256u | 512u | 1024u);
  read_messages(account(), sent, {{2, 2}}, {}, [](StoredMessage&& message) {
    EXPECT_EQ(message.internal_date, 1'700'000'000);
    EXPECT_EQ(message.zone_minutes, 60);
    return true;
  });
}

TEST_F(CopyTest, TooManyKeywordsCopyNothing) {
  const MailboxId sent = id("Sent");
  mail::FlagSet all;
  for (int i = 0; i < 55; ++i) all.keywords.push_back("k" + std::to_string(i));
  add(sent, "there", all);
  add(inbox(), "x", {0, {"another"}});
  EXPECT_EQ(copy_messages(account(), inbox(), kAll, sent).error(), Failure::kTooManyKeywords);
  EXPECT_EQ(move_messages(account(), inbox(), kAll, sent).error(), Failure::kTooManyKeywords);
  EXPECT_EQ(uids(inbox()).size(), 1u);
  EXPECT_EQ(uids(sent).size(), 1u);
}

TEST_F(CopyTest, NothingToCopyIsNoChange) {
  const ModSeq before = status(inbox()).highest_mod_seq;
  EXPECT_TRUE(copy(inbox(), kAll, id("Sent")).copied.empty());
  EXPECT_TRUE(move(inbox(), kAll, id("Sent")).copied.empty());
  EXPECT_EQ(status(inbox()).highest_mod_seq, before);
}

TEST_F(CopyTest, IntoItself) {
  add_many(inbox(), 2);
  EXPECT_EQ(copy(inbox(), kAll, inbox()).copied, (Pairs{{1, 3}, {2, 4}}));
  EXPECT_EQ(move(inbox(), {{1, 1}}, inbox()).copied, (Pairs{{1, 5}}));
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{2, 3, 4, 5}));
}

TEST_F(CopyTest, MovesLeaveNothingBehind) {
  add_many(inbox(), 3);
  NewMessage large;
  large.content = staged(message_text("large", 10'000));
  append(account(), inbox(), {large}).value();
  const ModSeq before = status(inbox()).highest_mod_seq;
  const MailboxId sent = id("Sent");
  EXPECT_EQ(move(inbox(), {{2, 4}}, sent).copied, (Pairs{{2, 1}, {3, 2}, {4, 3}}));
  EXPECT_EQ(uids(inbox()), std::vector<Uid>{1});
  EXPECT_EQ(changes_since(account(), inbox(), before, RecentClaim::kLeave)->vanished,
            (std::vector<Uid>{2, 3, 4}));
  EXPECT_EQ(read_content(account(), sent, 3), message_text("large", 10'000));
  EXPECT_EQ(file_count(), 1u);
  delete_mailbox(account(), "Sent");
  EXPECT_EQ(file_count(), 0u);
}

}  // namespace
}  // namespace mailstore
