#include "mailstore/store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "mailstore/append.hpp"
#include "mailstore/mailboxes.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    settings.data = temporary.path() / "deep" / "data";
    settings.store.open_accounts = 2;
    settings.store.inline_limit = 1000;
    open();
    store->directory().add_domain("example.test");
  }
  void open() {
    store.reset();
    store = std::make_unique<Store>(settings, ChangeFeed::Mode::kRingOnly);
  }
  AccountId add(const std::string& name) {
    return store->directory().add_account(name + "@example.test", "secret").value().id;
  }
  std::string refusal(AccountId id) {
    try {
      store->account(id);
      return "opened";
    } catch (const StoreError& error) {
      return error.what();
    }
  }

  tests::TemporaryFolder temporary;
  conf::Settings settings;
  std::unique_ptr<Store> store;
};

TEST_F(StoreTest, MakesPrivateFolders) {
  const AccountId alice = add("alice");
  store->account(alice);
  for (const auto& folder : {settings.data, settings.data / "accounts", settings.data / "staging",
                             store->account_folder(alice)}) {
    struct stat status {};
    ASSERT_EQ(::stat(folder.c_str(), &status), 0) << folder;
    EXPECT_EQ(status.st_mode & 0777, 0700u) << folder;
  }
}

TEST_F(StoreTest, KeepsTheMostRecentlyUsedOpen) {
  const AccountId a = add("a"), b = add("b"), c = add("c");
  const Account* first = store->account(a).get();
  auto held = store->account(b);
  EXPECT_EQ(store->account(a).get(), first);
  store->account(c);
  EXPECT_EQ(store->account(a).get(), first) << "b was the least recently used";
  EXPECT_EQ(list_mailboxes(*held).size(), 6u) << "whoever holds it can still work";
  EXPECT_NE(store->account(b).get(), held.get());
}

TEST_F(StoreTest, UnknownAccountsAreSaid) {
  EXPECT_NE(refusal(99).find("there is no account 99"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(store->account_folder(99)));
}

TEST_F(StoreTest, ALostFolderIsNamedNotReplaced) {
  const AccountId alice = add("alice"), bob = add("bob");
  store->account(alice);
  open();
  std::filesystem::remove_all(store->account_folder(alice));
  EXPECT_NE(refusal(alice).find(store->account_folder(alice).string() + " is missing"),
            std::string::npos)
      << refusal(alice);
  EXPECT_EQ(refusal(bob), "opened");
}

TEST_F(StoreTest, ALostDomainIsNamedNotReplaced) {
  store->account(add("alice"));
  store.reset();
  const auto file = settings.data / "domain.db";
  const auto backup = temporary.path() / "backup";
  std::filesystem::rename(file, backup);
  try {
    open();
    ADD_FAILURE() << "an empty domain would have alice's mail refused for good";
  } catch (const StoreError& error) {
    EXPECT_EQ(std::string(error.what()).find(file.string() + " is missing; restore it"), 0u);
  }
  EXPECT_FALSE(std::filesystem::exists(file));
  std::filesystem::rename(backup, file);
  open();
  EXPECT_TRUE(store->directory().find_account("alice@example.test"));
}

TEST_F(StoreTest, OneDamagedAccountConcernsNoOther) {
  const AccountId alice = add("alice"), bob = add("bob");
  store->account(alice);
  open();
  std::ofstream(store->account_folder(alice) / "mail.db", std::ios::trunc)
      << std::string(8192, 'x');
  EXPECT_NE(refusal(alice).find("mail.db is damaged"), std::string::npos);
  EXPECT_EQ(refusal(bob), "opened");
}

TEST_F(StoreTest, SweepsOrphansAtTheFirstOpening) {
  const AccountId alice = add("alice");
  store->account(alice);
  open();
  const auto orphan = store->account_folder(alice) / "files" / "5";
  std::ofstream(orphan) << "left by a crash";
  store->account(alice);
  EXPECT_FALSE(std::filesystem::exists(orphan));
}

TEST_F(StoreTest, StagesWhereFilesCanBeLinked) {
  const auto account = store->account(add("alice"));
  Staging staging = store->stage();
  staging.write("Subject: x\r\n\r\n" + std::string(5000, 'x'));
  NewMessage message;
  message.content = staging.finish();
  EXPECT_EQ(message.content.file().parent_path(), settings.data / "staging");
  append(*account, find_mailbox(*account, "INBOX")->id, {message}).value();
  EXPECT_EQ(std::filesystem::hard_link_count(message.content.file()), 2u);
}

TEST_F(StoreTest, ManyThreadsMayOpen) {
  std::vector<AccountId> ids;
  for (const char* name : {"a", "b", "c"}) ids.push_back(add(name));
  std::vector<std::thread> threads;
  std::atomic<int> failures{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 30; ++round) try {
          if (!store->account(ids[static_cast<std::size_t>(round) % ids.size()])) ++failures;
        } catch (const StoreError&) {
          ++failures;
        }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace mailstore
