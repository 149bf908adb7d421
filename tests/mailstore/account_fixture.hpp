// An account in a folder of its own, and the truth every operation has to keep.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailstore/append.hpp"
#include "mailstore/content_files.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/mailbox_row.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/state_blocks.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {

inline const std::vector<mail::NumberRange> kAll = {{1, UINT32_MAX}};
constexpr std::uint64_t kInlineLimit = 4096;

inline std::string message_text(const std::string& subject, std::size_t padding = 0) {
  return "From: alice@example.test\r\nSubject: " + subject + "\r\n\r\nHello.\r\n" +
         std::string(padding, 'x');
}

inline NewMessage new_message(const std::string& subject, mail::FlagSet flags = {}) {
  NewMessage message;
  message.content = Content::of(message_text(subject));
  message.flags = std::move(flags);
  message.internal_date = 1'700'000'000;
  message.zone_minutes = 60;
  return message;
}

/// That every message has a state and no other UID has one, no MODSEQ is beyond the mailbox's, and
/// the counters are those of the messages.
inline void expect_counted(Database& database) {
  std::vector<MailboxId> mailboxes;
  for (Statement row = database.query("SELECT id FROM mailbox WHERE selectable"); row.step();)
    mailboxes.push_back(row.integer(0));
  for (const MailboxId mailbox : mailboxes) {
    const MailboxRow row = load_mailbox(database, mailbox).value();
    MailboxRow counted{.id = mailbox, .first_recent = row.first_recent};
    StateReader states(database, mailbox);
    for (Statement message =
             database.query("SELECT uid, size FROM message WHERE mailbox = ?", mailbox);
         message.step();) {
      const MessageState* state = states.find(static_cast<Uid>(message.integer(0)));
      ASSERT_TRUE(state) << "no state of UID " << message.integer(0);
      EXPECT_LE(state->mod_seq, row.mod_seq);
      counted.count(state->uid, state->flags, message.integer(1), 1);
    }
    std::int64_t with_state = 0;
    read_state_blocks(database, mailbox, 0, [&](std::vector<MessageState>&& block) {
      with_state += static_cast<std::int64_t>(block.size());
    });
    EXPECT_EQ(with_state, counted.messages) << "a state of no message";
    EXPECT_EQ(row.messages, counted.messages);
    EXPECT_EQ(row.recent, counted.recent);
    EXPECT_EQ(row.unseen, counted.unseen);
    EXPECT_EQ(row.deleted, counted.deleted);
    EXPECT_EQ(row.size, counted.size);
  }
}

/// What must be true of an account's database after every operation and every crash.
inline void expect_consistent(Account& account) {
  Database& database = account.database();
  Statement check = database.query("PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
  auto none = [&](const char* what, const char* sql) {
    EXPECT_EQ(database.integer(sql), 0) << what;
  };
  expect_counted(database);
  none("a UID that is still to be given",
       "SELECT count(*) FROM message JOIN mailbox ON mailbox.id = mailbox WHERE uid >= uid_next");
  none("a vanished UID that is there",
       "SELECT count(*) FROM message JOIN vanished USING (mailbox) "
       "WHERE uid BETWEEN first_uid AND last_uid");
  none("a message without content",
       "SELECT count(*) FROM message WHERE content NOT IN (SELECT id FROM content) "
       "OR content NOT IN (SELECT content FROM octets)");
  none("a content nobody has",
       "SELECT count(*) FROM content WHERE id NOT IN (SELECT content FROM message) "
       "AND id NOT IN (SELECT content FROM released)");
  none("octets nobody has",
       "SELECT count(*) FROM octets WHERE content NOT IN (SELECT content FROM message) "
       "AND content NOT IN (SELECT content FROM released)");
  none("a message whose content is to be removed",
       "SELECT count(*) FROM message JOIN released USING (content)");
  none(
      "a wrong number of sharers",
      "SELECT count(*) FROM (SELECT content, count(*) - 1 AS others FROM message GROUP BY content) "
      "LEFT JOIN shared USING (content) WHERE others <> coalesce(more, 0)");
  none("sharers of nothing",
       "SELECT count(*) FROM shared WHERE content NOT IN (SELECT content FROM message)");
  for (Statement row = database.query("SELECT DISTINCT content, size - length(octets) FROM message "
                                      "JOIN octets USING (content) WHERE size > length(octets)");
       row.step();) {
    const auto file = content_files(account).path(row.integer(0));
    EXPECT_EQ(std::filesystem::file_size(file), static_cast<std::uintmax_t>(row.integer(1)));
  }
}

class AccountTest : public testing::Test {
 protected:
  void TearDown() override {
    if (account_) expect_consistent(*account_);
  }

  Account& account() {
    if (!account_) reopen();
    return *account_;
  }
  void reopen() {
    account_.reset();
    account_ = std::make_unique<Account>(7, folder(), kInlineLimit, nullptr);
  }
  void close() { account_.reset(); }
  std::filesystem::path folder() const { return temporary_.path() / "7"; }
  const std::filesystem::path& outside() const { return temporary_.path(); }

  MailboxId id(std::string_view name) { return find_mailbox(account(), name).value().id; }
  MailboxId inbox() { return id("INBOX"); }

  Uid add(MailboxId mailbox, const std::string& subject, mail::FlagSet flags = {}) {
    return append(account(), mailbox, {new_message(subject, std::move(flags))})
        .value()
        .messages.at(0)
        .uid;
  }
  void add_many(MailboxId mailbox, int count) {
    std::vector<NewMessage> messages;
    for (int i = 0; i < count; ++i) messages.push_back(new_message(std::to_string(i)));
    append(account(), mailbox, messages).value();
  }
  MailboxView view(MailboxId mailbox) {
    return open_mailbox(account(), mailbox, RecentClaim::kLeave).value();
  }
  std::vector<Uid> uids(MailboxId mailbox) {
    std::vector<Uid> result;
    for (const auto& message : view(mailbox).messages) result.push_back(message.uid);
    return result;
  }
  MailboxStatus status(MailboxId mailbox) { return mailbox_status(account(), mailbox).value(); }
  Content staged(const std::string& octets) {
    Staging staging(outside(), kInlineLimit);
    staging.write(octets);
    return staging.finish();
  }
  std::size_t file_count() {
    const auto files = std::filesystem::directory_iterator(folder() / "files");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

 private:
  tests::TemporaryFolder temporary_;
  std::unique_ptr<Account> account_;
};

}  // namespace mailstore
