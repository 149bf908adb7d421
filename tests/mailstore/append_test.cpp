#include "mailstore/append.hpp"

#include <sys/stat.h>

#include <fstream>

#include "account_fixture.hpp"

namespace mailstore {
namespace {

class AppendTest : public AccountTest {
 protected:
  static NewMessage delivery(const std::string& id) {
    NewMessage message = new_message(id);
    message.delivery_id = id;
    return message;
  }
};

TEST_F(AppendTest, KeepsAllItWasGiven) {
  const auto result =
      append(account(), inbox(), {new_message("one", {mail::kFlagged, {"$a", "$B"}})}).value();
  EXPECT_EQ(result.uid_validity, view(inbox()).uid_validity);
  ASSERT_EQ(result.messages.size(), 1u);
  EXPECT_EQ(result.messages[0].uid, 1u);
  std::vector<StoredMessage> stored;
  read_messages(account(), inbox(), kAll, {true, true, true}, [&](StoredMessage&& message) {
    stored.push_back(std::move(message));
    return true;
  });
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored[0].flags, mail::kFlagged | 256u | 512u);
  EXPECT_EQ(stored[0].internal_date, 1'700'000'000);
  EXPECT_EQ(stored[0].zone_minutes, 60);
  EXPECT_GT(stored[0].save_date, 1'700'000'000);
  EXPECT_EQ(stored[0].size, message_text("one").size());
  EXPECT_EQ(stored[0].header_size, message_text("one").find("Hello"));
  EXPECT_NE(stored[0].envelope.find("\"one\""), std::string::npos);
  EXPECT_NE(stored[0].body.find("\"plain\""), std::string::npos) << stored[0].body;
  EXPECT_FALSE(stored[0].body_structure.empty());
  EXPECT_EQ(mailbox_keywords(account(), inbox()), (std::vector<std::string>{"$a", "$B"}));
}

TEST_F(AppendTest, ABatchHasAscendingUidsAndOneModSeq) {
  add(inbox(), "before");
  const ModSeq before = status(inbox()).highest_mod_seq;
  const auto result =
      append(account(), inbox(), {new_message("a"), new_message("b"), new_message("c")}).value();
  EXPECT_EQ(result.messages[0].uid, 2u);
  EXPECT_EQ(result.messages[2].uid, 4u);
  EXPECT_EQ(status(inbox()).highest_mod_seq, before + 1);
}

TEST_F(AppendTest, TheHeadGoesBeforeTheContent) {
  NewMessage message = new_message("x");
  message.head = "Return-Path: <a@example.test>\r\n";
  append(account(), inbox(), {message}).value();
  const std::string all = message.head + message_text("x");
  EXPECT_EQ(read_content(account(), inbox(), 1), all);
  read_messages(account(), inbox(), kAll, {}, [&](StoredMessage&& stored) {
    EXPECT_EQ(stored.size, all.size());
    EXPECT_EQ(stored.header_size, all.find("Hello"));
    return true;
  });
}

TEST_F(AppendTest, ALargeContentIsLinked) {
  const std::string octets = message_text("large", 100'000);
  NewMessage message;
  message.content = staged(octets);
  message.head = "Return-Path: <>\r\n";
  append(account(), inbox(), {message}).value();
  struct stat staged_file {
  }, kept{};
  ASSERT_EQ(::stat(message.content.file().c_str(), &staged_file), 0);
  ASSERT_EQ(::stat((folder() / "files" / "1").c_str(), &kept), 0);
  EXPECT_EQ(staged_file.st_ino, kept.st_ino);
  message = {};
  EXPECT_EQ(read_content(account(), inbox(), 1), "Return-Path: <>\r\n" + octets);
}

TEST_F(AppendTest, ALargeContentInMemoryGoesToAFileToo) {
  NewMessage message;
  message.content = Content::of(message_text("large", 10'000));
  append(account(), inbox(), {message}).value();
  EXPECT_EQ(file_count(), 1u);
  EXPECT_EQ(read_content(account(), inbox(), 1), message_text("large", 10'000));
}

TEST_F(AppendTest, AnOrphanOfTheSameNumberGoes) {
  account();
  std::ofstream(folder() / "files" / "1") << "left by a crash";
  add(inbox(), "small");
  EXPECT_EQ(file_count(), 0u);
}

TEST_F(AppendTest, AnyOctetsAreKept) {
  const std::string cases[] = {"", std::string("\0\0", 2), "\r\n", "no header at all",
                               "\xff\xfe\n"};
  for (const std::string& octets : cases) {
    NewMessage message;
    message.content = Content::of(octets);
    const Uid uid = append(account(), inbox(), {message}).value().messages[0].uid;
    EXPECT_EQ(read_content(account(), inbox(), uid), octets);
  }
}

TEST_F(AppendTest, RefusesWithoutATrace) {
  EXPECT_EQ(append(account(), 999, {new_message("x")}).error(), Failure::kNoSuchMailbox);
  mail::FlagSet many;
  for (int i = 0; i < 56; ++i) many.keywords.push_back("k" + std::to_string(i));
  EXPECT_EQ(append(account(), inbox(), {new_message("a"), new_message("x", many)}).error(),
            Failure::kTooManyKeywords);
  EXPECT_TRUE(uids(inbox()).empty());
  EXPECT_TRUE(mailbox_keywords(account(), inbox()).empty());
  many.keywords.pop_back();
  EXPECT_TRUE(append(account(), inbox(), {new_message("x", many)}));
}

TEST_F(AppendTest, DeliversOnce) {
  EXPECT_EQ(deliver(account(), {delivery("q1.0"), delivery("q2.0")}).messages[1].uid, 2u);
  const auto again = deliver(account(), {delivery("q2.0"), delivery("q3.0")});
  EXPECT_EQ(again.messages[0].uid, 0u);
  EXPECT_EQ(again.messages[1].uid, 3u);
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{1, 2, 3}));
  deliver(account(), {}, {"q1.0", "q2.0", "unknown"});
  EXPECT_EQ(account().database().integer("SELECT count(*) FROM delivery"), 1);
}

TEST_F(AppendTest, OnlyAlreadyDeliveredChangesNothing) {
  deliver(account(), {delivery("q1.0")});
  const ModSeq before = status(inbox()).highest_mod_seq;
  EXPECT_EQ(deliver(account(), {delivery("q1.0")}).messages[0].uid, 0u);
  EXPECT_EQ(status(inbox()).highest_mod_seq, before);
}

TEST_F(AppendTest, DeliveriesMakeALostInboxAgain) {
  const auto validity = view(inbox()).uid_validity;
  account().database().run("DELETE FROM mailbox WHERE name = 'INBOX'");
  EXPECT_EQ(deliver(account(), {delivery("q1.0")}).messages[0].uid, 1u);
  EXPECT_GT(view(inbox()).uid_validity, validity);
}

TEST_F(AppendTest, AFullDiskLosesNothing) {
  add(inbox(), "before");
  Database& database = account().database();
  const auto pages = database.integer("PRAGMA page_count").value();
  database.script("PRAGMA max_page_count = " + std::to_string(pages + 2));
  std::vector<NewMessage> batch;
  for (int i = 0; i < 50; ++i) batch.push_back(delivery("q" + std::to_string(i)));
  try {
    deliver(account(), batch);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_TRUE(error.out_of_space);
  }
  EXPECT_EQ(uids(inbox()), std::vector<Uid>{1});
  database.script("PRAGMA max_page_count = 1000000");
  EXPECT_EQ(deliver(account(), batch).messages.back().uid, 51u);
}

TEST_F(AppendTest, ContentIdsAreNeverGivenAgain) {
  std::int64_t last = 0;
  for (int i = 0; i < 3; ++i) {
    add(inbox(), "x", {mail::kDeleted, {}});
    const auto content = account().database().integer("SELECT max(id) FROM content").value();
    EXPECT_GT(content, last);
    last = content;
    expunge(account(), inbox(), kAll).value();
  }
}

TEST_F(AppendTest, ReplacesAMessageWithinItsMailbox) {
  const Uid old = add(inbox(), "old");
  const auto before = view(inbox()).highest_mod_seq;
  const auto result = replace(account(), {inbox(), old}, inbox(), new_message("new")).value();
  EXPECT_EQ(result.messages.at(0).uid, old + 1);
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{old + 1}));
  const auto changes = changes_since(account(), inbox(), before, RecentClaim::kLeave).value();
  EXPECT_EQ(changes.vanished, (std::vector<Uid>{old}));
  EXPECT_EQ(changes.changed.size(), 1u);
}

TEST_F(AppendTest, ReplacesAMessageByOneInAnotherMailbox) {
  const Uid old = add(inbox(), "old");
  replace(account(), {inbox(), old}, id("Drafts"), new_message("new")).value();
  EXPECT_TRUE(uids(inbox()).empty());
  EXPECT_EQ(uids(id("Drafts")).size(), 1u);
}

TEST_F(AppendTest, ReplacesAllOrNothing) {
  const Uid old = add(inbox(), "old");
  EXPECT_EQ(replace(account(), {inbox(), old + 1}, inbox(), new_message("new")).error(),
            Failure::kNoSuchMessage);
  EXPECT_EQ(replace(account(), {inbox(), old}, 12345, new_message("new")).error(),
            Failure::kNoSuchMailbox);
  Limits limits;
  limits.storage = 1;
  EXPECT_EQ(replace(account(), {inbox(), old}, inbox(), new_message("new"), limits).error(),
            Failure::kOverQuota);
  EXPECT_EQ(uids(inbox()), (std::vector<Uid>{old}));
}

// What goes makes room for what comes.
TEST_F(AppendTest, ReplacesWithinTheQuota) {
  const Uid old = add(inbox(), "old");
  Limits limits;
  limits.messages = 1;
  EXPECT_TRUE(replace(account(), {inbox(), old}, inbox(), new_message("new"), limits));
}

}  // namespace
}  // namespace mailstore
