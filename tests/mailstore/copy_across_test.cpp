#include "mailstore/copy_across.hpp"

#include "mailstore/object_id.hpp"
#include "mailstore/sqlite.hpp"
#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

class CopyAcrossTest : public AccountTest {
 protected:
  void TearDown() override {
    expect_consistent(other());
    AccountTest::TearDown();
  }
  Account& other() {
    if (!other_) other_ = std::make_unique<Account>(8, outside() / "8", kInlineLimit, nullptr);
    return *other_;
  }
  CopySource source(std::vector<mail::NumberRange> uids = kAll) {
    auto own = std::make_unique<Account>(7, folder(), kInlineLimit, nullptr);
    return {std::move(own), inbox(), std::move(uids)};
  }
  MailboxId there(const char* name = "INBOX") { return find_mailbox(other(), name).value().id; }
  void finish(CopyAcross& copy) {
    while (!copy.step(other(), Slice(Slice::Clock::duration::zero())).done) {
    }
  }
  std::vector<Uid> uids_there(const char* name = "INBOX") {
    const auto view = open_mailbox(other(), there(name), RecentClaim::kLeave).value();
    std::vector<Uid> result;
    for (const auto& message : view.messages) result.push_back(message.uid);
    return result;
  }

 private:
  std::unique_ptr<Account> other_;
};

using CopyKind = CopyAcross::Kind;

TEST_F(CopyAcrossTest, CopiesOctetsDatesAndFlags) {
  add(inbox(), "one", {mail::kSeen | mail::kDraft, {"$Work"}});
  add(inbox(), "two");
  CopyAcross copy(source(), there(), mail::Rights::all(), CopyKind::kCopy);
  finish(copy);
  EXPECT_FALSE(copy.failure());
  EXPECT_EQ(copy.result().copied, (std::vector<std::pair<Uid, Uid>>{{1, 1}, {2, 2}}));
  EXPECT_EQ(copy.result().uid_validity, mailbox_status(other(), there()).value().uid_validity);
  EXPECT_EQ(read_content(other(), there(), 1), message_text("one"));
  const auto view = open_mailbox(other(), there(), RecentClaim::kLeave).value();
  EXPECT_EQ(view.messages[0].flags, mail::kSeen | mail::kDraft | FlagBits{1} << 8);
  EXPECT_EQ(view.keywords, std::vector<std::string>{"$Work"});
  read_messages(other(), there(), kAll, {}, [](StoredMessage&& message) {
    EXPECT_EQ(message.internal_date, 1'700'000'000);
    EXPECT_EQ(message.zone_minutes, 60);
    return true;
  });
  EXPECT_EQ(uids(inbox()).size(), 2u);
}

// RFC 8474 §5.1: the EMAILID of the source, wherever the copy is.
TEST_F(CopyAcrossTest, KeepsEmailIds) {
  const auto email_id = [](Account& account, MailboxId mailbox) {
    std::string id;
    read_messages(account, mailbox, kAll, {}, [&](StoredMessage&& message) {
      id = ObjectIds(account).email(account, message.content_id);
      return true;
    });
    return id;
  };
  add(inbox(), "one");
  const auto id = email_id(account(), inbox());
  CopyAcross copy(source(), there(), mail::Rights::all(), CopyKind::kCopy);
  finish(copy);
  EXPECT_EQ(email_id(other(), there()), id);
  const auto sent = find_mailbox(other(), "Sent").value().id;
  copy_messages(other(), there(), kAll, sent).value();
  EXPECT_EQ(email_id(other(), sent), id);
  remove_messages(other(), there(), kAll);
  remove_messages(other(), sent, kAll);
  EXPECT_EQ(other().database().integer("SELECT count(*) FROM foreign_id"), 0);
}

TEST_F(CopyAcrossTest, LeavesFlagsBehindThatTheUserMayNotSet) {
  add(inbox(), "one", {mail::kSeen | mail::kDeleted | mail::kDraft, {"$Work"}});
  CopyAcross copy(source(), there(), mail::Right::kInsert | mail::Right::kSeen, CopyKind::kCopy);
  finish(copy);
  const auto view = open_mailbox(other(), there(), RecentClaim::kLeave).value();
  EXPECT_EQ(view.messages[0].flags, FlagBits{mail::kSeen});
}

TEST_F(CopyAcrossTest, LargeContentsComeWhole) {
  const std::string text = message_text("large", 3 * kInlineLimit);
  NewMessage large;
  large.content = staged(text);
  large.head = "Delivered-To: a@example.test\r\n";
  append(account(), inbox(), {large}).value();
  CopyAcross copy(source(), there(), mail::Rights::all(), CopyKind::kCopy);
  finish(copy);
  EXPECT_EQ(read_content(other(), there(), 1), large.head + text);
  remove_messages(account(), inbox(), kAll);
  EXPECT_EQ(read_content(other(), there(), 1), large.head + text);
}

TEST_F(CopyAcrossTest, MovesABatchAtATime) {
  add_many(inbox(), 150);
  CopyAcross copy(source({{1, 120}}), there(), mail::Rights::all(), CopyKind::kMove);
  finish(copy);
  EXPECT_EQ(copy.result().copied.size(), 120u);
  EXPECT_EQ(uids(inbox()).size(), 30u);
  EXPECT_EQ(uids_there().size(), 120u);
}

TEST_F(CopyAcrossTest, ACopyThatFailsIsTakenBack) {
  add_many(inbox(), 70);
  mail::FlagSet many;
  for (int i = 0; i < 50; ++i) many.keywords.push_back("mine" + std::to_string(i));
  add(inbox(), "with keywords", many);
  NewMessage full;
  full.content = Content::of(message_text("full"));
  for (int i = 0; i < 50; ++i) full.flags.keywords.push_back("theirs" + std::to_string(i));
  append(other(), there("Sent"), {full}).value();
  CopyAcross copy(source(), there("Sent"), mail::Rights::all(), CopyKind::kCopy);
  finish(copy);
  EXPECT_EQ(copy.failure(), Failure::kTooManyKeywords);
  EXPECT_TRUE(copy.result().copied.empty());
  EXPECT_EQ(uids_there("Sent"), std::vector<Uid>{1});
  EXPECT_EQ(uids(inbox()).size(), 71u);
}

TEST_F(CopyAcrossTest, NothingIsCopiedOfNothing) {
  CopyAcross copy(source(), there(), mail::Rights::all(), CopyKind::kMove);
  finish(copy);
  EXPECT_FALSE(copy.failure());
  EXPECT_TRUE(copy.result().copied.empty());
}

}  // namespace
}  // namespace mailstore
