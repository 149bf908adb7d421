#include "mailstore/boot.hpp"

#include <gtest/gtest.h>

#include "mailstore/mailboxes.hpp"
#include "mailstore/skipped.hpp"
#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

constexpr auto kCopyAll = std::filesystem::copy_options::recursive;

class BootTest : public testing::Test {
 protected:
  std::unique_ptr<Account> open(const std::filesystem::path& folder) {
    return std::make_unique<Account>(1, folder, kInlineLimit, nullptr);
  }
  static Uid deliver_one(Account& account, const std::string& name) {
    NewMessage message = new_message(name);
    message.delivery_id = name;
    return deliver(account, {message}).messages.at(0).uid;
  }
  static std::int64_t number(Account& account, const char* sql) {
    return account.database().integer(sql).value();
  }

  tests::TemporaryFolder folder_;
  const std::filesystem::path account_ = folder_.path() / "1";
  const std::filesystem::path survived_ = folder_.path() / "survived";
};

TEST_F(BootTest, TheSameBootChangesNothing) {
  open(account_);
  auto account = open(account_);
  EXPECT_EQ(number(*account, "SELECT max(uid_next) FROM mailbox"), 1);
  EXPECT_EQ(number(*account, "SELECT content_floor FROM counter"), 0);
}

TEST_F(BootTest, ABootIsEnteredOnce) {
  auto account = open(account_);
  enter_boot(account->database(), "another");
  enter_boot(account->database(), "another");
  EXPECT_EQ(number(*account, "SELECT max(uid_next) FROM mailbox"), 1 + kBootGap);
  EXPECT_EQ(number(*account, "SELECT min(mod_seq) FROM mailbox"), 1 + kBootGap);
  EXPECT_EQ(number(*account, "SELECT content_floor FROM counter"), kBootGap);
}

// A power cut is played by going back to what was synced before the delivery.
TEST_F(BootTest, ADeliveryThatAPowerCutTookBackComesWithNumbersNobodyHasSeen) {
  auto account = open(account_);
  deliver_one(*account, "kept");
  std::filesystem::copy(account_, survived_, kCopyAll);
  const Uid seen = deliver_one(*account, "taken back");
  const auto seen_mod_seq = number(*account, "SELECT max(mod_seq) FROM mailbox");
  const auto seen_content = number(*account, "SELECT max(id) FROM content");
  account.reset();

  auto after = open(survived_);
  enter_boot(after->database(), "after the power cut");
  const Uid again = deliver_one(*after, "taken back");
  EXPECT_GT(again, seen);
  EXPECT_GT(number(*after, "SELECT mod_seq FROM mailbox WHERE name = 'INBOX'"), seen_mod_seq);
  EXPECT_GT(number(*after, "SELECT max(id) FROM content"), seen_content);
  EXPECT_EQ(deliver_one(*after, "kept"), 0u);
  const MailboxId inbox = find_mailbox(*after, "INBOX")->id;
  const auto skipped = skipped_since(*after, inbox, static_cast<ModSeq>(seen_mod_seq));
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_LE(skipped[0].first, seen);
  EXPECT_LT(skipped[0].last, again);
  const auto now = number(*after, "SELECT max(mod_seq) FROM mailbox");
  EXPECT_TRUE(skipped_since(*after, inbox, static_cast<ModSeq>(now)).empty());
  expect_consistent(*after);
}

TEST_F(BootTest, TheKernelNamesTheBoot) {
  EXPECT_EQ(this_boot(), this_boot());
  EXPECT_EQ(this_boot().size(), 36u);
}

}  // namespace
}  // namespace mailstore
