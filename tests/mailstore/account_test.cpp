#include "mailstore/account.hpp"

#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "account_fixture.hpp"
#include "mailstore/schema.hpp"

namespace mailstore {
namespace {

std::string refusal(const std::filesystem::path& folder) {
  try {
    Account account(7, folder, kInlineLimit, nullptr);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "opened";
}

TEST_F(AccountTest, ANewOneHasItsFirstMailboxes) {
  std::vector<std::string> names, uses;
  for (const auto& mailbox : list_mailboxes(account())) {
    names.push_back(mailbox.name);
    uses.push_back(mailbox.special_use);
    EXPECT_TRUE(mailbox.subscribed) << mailbox.name;
    EXPECT_TRUE(mailbox.selectable) << mailbox.name;
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash"}));
  EXPECT_EQ(uses,
            (std::vector<std::string>{"", "\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash"}));
  EXPECT_EQ(account().id(), 7);
}

TEST_F(AccountTest, IsTheOwnersAlone) {
  account();
  struct stat status {};
  ASSERT_EQ(::stat(folder().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat((folder() / "mail.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(outside()), {}), 1)
      << "nothing is left beside it";
}

TEST_F(AccountTest, KeepsWhatItHasWhenOpenedAgain) {
  const Uid uid = add(inbox(), "kept");
  const auto validity = view(inbox()).uid_validity;
  reopen();
  EXPECT_EQ(uids(inbox()), std::vector<Uid>{uid});
  EXPECT_EQ(view(inbox()).uid_validity, validity);
}

TEST_F(AccountTest, AMissingDatabaseIsNamedNotReplaced) {
  account();
  close();
  std::filesystem::remove(folder() / "mail.db");
  EXPECT_NE(refusal(folder()).find("mail.db is missing; restore it"), std::string::npos)
      << refusal(folder());
  EXPECT_FALSE(std::filesystem::exists(folder() / "mail.db"));
}

TEST_F(AccountTest, ADamagedDatabaseIsNamed) {
  account();
  close();
  std::ofstream(folder() / "mail.db", std::ios::trunc) << std::string(8192, 'x');
  EXPECT_NE(refusal(folder()).find((folder() / "mail.db").string() + " is damaged"),
            std::string::npos)
      << refusal(folder());
}

TEST_F(AccountTest, DamageInsideIsFoundWhenItIsRead) {
  add_many(inbox(), 500);
  close();
  {
    std::fstream file(folder() / "mail.db", std::ios::in | std::ios::out);
    file.seekp(4096 * 3);
    file << std::string(4096 * 60, '\xa5');
  }
  EXPECT_THROW(
      {
        Account damaged(7, folder(), kInlineLimit, nullptr);
        const auto inbox = find_mailbox(damaged, "INBOX").value().id;
        read_messages(damaged, inbox, kAll, {.envelope = true}, [](auto&&) { return true; });
      },
      StoreError);
}

TEST_F(AccountTest, ALaterSchemaIsRefused) {
  account().database().script("PRAGMA user_version = 99");
  close();
  EXPECT_NE(refusal(folder()).find("schema version 99"), std::string::npos);
  Database(folder() / "mail.db")
      .script("PRAGMA user_version = " + std::to_string(account_schema().version()));
}

TEST_F(AccountTest, TwoMayCreateItAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([this] { Account(7, folder(), kInlineLimit, nullptr); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(list_mailboxes(account()).size(), 6u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(outside()), {}), 1);
}

TEST_F(AccountTest, TwoProcessesWriteInTurn) {
  const MailboxId mailbox = inbox();
  auto write = [&] {
    Account own(7, folder(), kInlineLimit, nullptr);
    for (int i = 0; i < 50; ++i) append(own, mailbox, {new_message("x")}).value();
  };
  std::thread first(write), second(write);
  first.join();
  second.join();
  EXPECT_EQ(uids(mailbox).size(), 100u);
  EXPECT_EQ(status(mailbox).uid_next, 101u);
}

TEST_F(AccountTest, SweepsOrphans) {
  NewMessage message = new_message("large");
  message.content = staged(message_text("large", 10'000));
  append(account(), inbox(), {message}).value();
  std::ofstream(folder() / "files" / "999") << "left by a crash";
  EXPECT_EQ(file_count(), 2u);
  sweep_orphans(account());
  EXPECT_EQ(file_count(), 1u);
}

TEST_F(AccountTest, UnfinishedFoldersAreSweptWhenOld) {
  using namespace std::chrono_literals;
  const auto old = outside() / "8.new-1-0", recent = outside() / "9.new-1-0";
  account();
  std::filesystem::create_directories(old / "files");
  std::filesystem::create_directories(recent / "files");
  std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() - 1h);
  sweep_unfinished_accounts(outside());
  EXPECT_FALSE(std::filesystem::exists(old));
  EXPECT_TRUE(std::filesystem::exists(recent));
  EXPECT_TRUE(std::filesystem::exists(folder()));
}

}  // namespace
}  // namespace mailstore
