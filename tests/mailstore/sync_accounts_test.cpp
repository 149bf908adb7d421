#include "mailstore/sync_accounts.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {
namespace {

std::vector<std::filesystem::path> accounts_in(const tests::TemporaryFolder& folder, int count) {
  std::vector<std::filesystem::path> folders;
  for (int number = 1; number <= count; ++number) {
    folders.push_back(folder.path() / std::to_string(number));
    Account account(number, folders.back(), kInlineLimit, nullptr);
    deliver(account, {new_message("hello")});
  }
  return folders;
}

TEST(SyncAccountsTest, AFewAndMany) {
  tests::TemporaryFolder folder;
  EXPECT_NO_THROW(sync_accounts(accounts_in(folder, 2)));
  EXPECT_NO_THROW(sync_accounts(accounts_in(folder, 12)));
}

TEST(SyncAccountsTest, AnAccountThatIsOpen) {
  tests::TemporaryFolder folder;
  const auto folders = accounts_in(folder, 1);
  Account account(1, folders[0], kInlineLimit, nullptr);
  deliver(account, {new_message("again")});
  EXPECT_TRUE(std::filesystem::exists(folders[0] / "mail.db-wal"));
  EXPECT_NO_THROW(sync_accounts(folders));
}

TEST(SyncAccountsTest, WhatCannotBeOpenedIsNamed) {
  tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "not a folder";
  try {
    sync_accounts({folder.path() / "file"});
    FAIL() << "it was taken for synced";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("mail.db-wal"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace mailstore
