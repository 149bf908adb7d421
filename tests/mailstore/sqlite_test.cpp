#include "mailstore/sqlite.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class SqliteTest : public testing::Test {
 protected:
  SqliteTest() : database(file()) {
    database.script("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, octets BLOB)");
  }
  std::filesystem::path file() const { return temporary.path() / "test.db"; }
  std::int64_t rows() { return database.integer("SELECT count(*) FROM t").value(); }

  tests::TemporaryFolder temporary;
  Database database;
};

TEST_F(SqliteTest, BindsAndReadsEveryType) {
  const std::string octets("\0\xff\r\n", 4);
  database.run("INSERT INTO t VALUES (?, ?, ?)", 1, "text", Blob{octets});
  database.run("INSERT INTO t VALUES (?, ?, ?)", 2, "", Blob{""});
  database.run("INSERT INTO t VALUES (?, ?, ?)", 3, nullptr, std::optional<std::int64_t>());
  Statement row = database.query("SELECT id, text, octets FROM t ORDER BY id");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), 1);
  EXPECT_EQ(row.text(1), "text");
  EXPECT_EQ(row.string(2), octets);
  ASSERT_TRUE(row.step());
  EXPECT_FALSE(row.is_null(1));
  EXPECT_EQ(row.text(2), "");
  ASSERT_TRUE(row.step());
  EXPECT_TRUE(row.is_null(1));
  EXPECT_TRUE(row.is_null(2));
  EXPECT_FALSE(row.step());
}

TEST_F(SqliteTest, OneStatementMayRunInsideItself) {
  for (int i = 0; i < 3; ++i) database.run("INSERT INTO t (id) VALUES (?)", i);
  int pairs = 0;
  for (Statement outer = database.query("SELECT id FROM t"); outer.step();)
    for (Statement inner = database.query("SELECT id FROM t"); inner.step();) ++pairs;
  EXPECT_EQ(pairs, 9);
}

TEST_F(SqliteTest, ManyDifferentStatementsStayRight) {
  database.run("INSERT INTO t (id) VALUES (1)");
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 100; ++i)
      EXPECT_EQ(database.integer("SELECT " + std::to_string(i) + " FROM t"), i);
}

TEST_F(SqliteTest, TransactionIsUndoneUnlessCommitted) {
  {
    Transaction transaction(database, Transaction::Kind::kWrite);
    database.run("INSERT INTO t (id) VALUES (1)");
  }
  EXPECT_EQ(rows(), 0);
  for (auto kind : {Transaction::Kind::kWrite, Transaction::Kind::kUnsynced}) {
    Transaction transaction(database, kind);
    database.run("INSERT INTO t VALUES (NULL, '', '')");
    transaction.commit();
  }
  EXPECT_EQ(rows(), 2);
}

TEST_F(SqliteTest, ReadsJoinAndWritesDoNot) {
  Transaction outer(database, Transaction::Kind::kRead);
  { Transaction inner(database, Transaction::Kind::kRead); }
  EXPECT_TRUE(database.in_transaction());
  EXPECT_THROW(Transaction(database, Transaction::Kind::kWrite), std::logic_error);
}

TEST_F(SqliteTest, AReadSeesOneSnapshot) {
  Transaction snapshot(database, Transaction::Kind::kRead);
  EXPECT_EQ(rows(), 0);
  Database other(file(), Database::Mode::kExisting);
  other.run("INSERT INTO t (id) VALUES (1)");
  EXPECT_EQ(rows(), 0);
  snapshot.commit();
  EXPECT_EQ(rows(), 1);
}

TEST_F(SqliteTest, WritersWaitForEachOther) {
  constexpr int kEach = 100;
  auto write = [&] {
    Database own(file(), Database::Mode::kExisting);
    for (int i = 0; i < kEach; ++i) {
      Transaction transaction(own, Transaction::Kind::kWrite);
      const auto count = own.integer("SELECT count(*) FROM t").value();
      own.run("INSERT INTO t (id) VALUES (?)", count);
      transaction.commit();
    }
  };
  std::thread first(write), second(write);
  first.join();
  second.join();
  EXPECT_EQ(rows(), 2 * kEach);
}

TEST_F(SqliteTest, ManyMayMakeAFileAtOnce) {
  for (int round = 0; round < 100; ++round) {
    const auto fresh = temporary.path() / std::to_string(round);
    std::barrier start(4);
    std::atomic<int> failures = 0;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
          start.arrive_and_wait();
          try {
            Database made(fresh);
          } catch (const StoreError& error) {
            if (failures++ == 0) ADD_FAILURE() << error.what();
          }
        });
    }
    ASSERT_EQ(failures, 0) << "in round " << round;
  }
}

TEST_F(SqliteTest, ReadsPartsOfABlob) {
  const std::string octets(300'000, 'a');
  database.run("INSERT INTO t VALUES (1, '', ?)", Blob{octets + "tail"});
  EXPECT_EQ(database.read_blob("t", "octets", 1, 299'998, 100), "aatail");
  EXPECT_EQ(database.read_blob("t", "octets", 1, 0, UINT64_MAX).size(), octets.size() + 4);
  EXPECT_EQ(database.read_blob("t", "octets", 1, 400'000, 5), "");
  EXPECT_THROW(database.read_blob("t", "octets", 2, 0, 5), StoreError);
}

TEST_F(SqliteTest, SnapshotIsWholeAndPrivate) {
  database.run("INSERT INTO t (id) VALUES (1)");
  const auto target = temporary.path() / "copy.db";
  database.snapshot(target);
  struct stat status {};
  ASSERT_EQ(::stat(target.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(Database(target).integer("SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteTest, FilesAreTheOwnersAlone) {
  database.run("INSERT INTO t (id) VALUES (1)");
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat status {};
    ASSERT_EQ(::stat((file().string() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(SqliteTest, AFullDiskIsSaidAndUndone) {
  database.script("PRAGMA max_page_count = 8");
  try {
    Transaction transaction(database, Transaction::Kind::kWrite);
    database.run("INSERT INTO t VALUES (1, '', zeroblob(100000))");
    transaction.commit();
    FAIL() << "it fitted";
  } catch (const StoreError& error) {
    EXPECT_TRUE(error.out_of_space);
    EXPECT_NE(std::string(error.what()).find(file().string()), std::string::npos);
  }
  EXPECT_FALSE(database.in_transaction());
  EXPECT_EQ(rows(), 0);
}

TEST(Sqlite, ADamagedFileIsNamed) {
  tests::TemporaryFolder temporary;
  const auto file = temporary.path() / "mail.db";
  std::ofstream(file) << "This is not a database, whatever its name says; it is long enough.";
  try {
    Database database(file);
    FAIL();
  } catch (const StoreError& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find(file.string() + " is damaged"), std::string::npos) << what;
    EXPECT_NE(what.find("backup"), std::string::npos) << what;
    EXPECT_FALSE(error.out_of_space);
  }
}

TEST(Sqlite, AMissingFileIsNamed) {
  tests::TemporaryFolder temporary;
  try {
    Database database(temporary.path() / "gone.db", Database::Mode::kExisting);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("gone.db can't be opened"), std::string::npos)
        << error.what();
  }
}

TEST_F(SqliteTest, AStepMayBeFailed) {
  database.on_step([](std::string_view step) {
    if (step.starts_with("INSERT")) throw StoreError("injected");
  });
  EXPECT_THROW(database.run("INSERT INTO t (id) VALUES (1)"), StoreError);
  database.on_step({});
  EXPECT_EQ(rows(), 0);
}

using TransactionKind = Transaction::Kind;

class SqliteLog : public testing::Test {
 protected:
  SqliteLog() { database_.script("CREATE TABLE t (id INTEGER PRIMARY KEY, octets BLOB)"); }

  void insert(Database& database, TransactionKind kind, std::size_t octets) {
    Transaction transaction(database, kind);
    database.run("INSERT INTO t (octets) VALUES (?)", Blob{std::string(octets, 'x')});
    transaction.commit();
  }
  std::int64_t rows(Database& database) {
    return database.integer("SELECT count(*) FROM t WHERE octets IS NOT NULL").value();
  }
  /// write(2) and its like that this process has made.
  static std::int64_t writes() {
    std::ifstream file("/proc/self/io");
    std::int64_t count = -1;
    for (std::string name; file >> name;)
      if (name == "syscw:") file >> count;
    return count;
  }

  tests::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "x.db";
  Database database_{file_};
};

TEST_F(SqliteLog, ATransactionIsWrittenAtOnce) {
  if (writes() < 0) GTEST_SKIP() << "/proc/self/io is not here";
  insert(database_, TransactionKind::kWrite, 1);
  for (const TransactionKind kind : {TransactionKind::kWrite, TransactionKind::kUnsynced}) {
    const std::int64_t before = writes();
    insert(database_, kind, 100'000);
    EXPECT_EQ(writes() - before, 1);
  }
}

TEST_F(SqliteLog, WhatIsCommittedIsThereForOthersAtOnce) {
  Database other(file_, Database::Mode::kExisting);
  for (const TransactionKind kind : {TransactionKind::kWrite, TransactionKind::kUnsynced,
                                     TransactionKind::kUnsynced, TransactionKind::kWrite}) {
    insert(database_, kind, 20'000);
    EXPECT_EQ(rows(other), rows(database_));
  }
  EXPECT_EQ(rows(other), 4);
}

TEST_F(SqliteLog, AnotherProcessThatDiesAfterItsCommitHasCommitted) {
  const pid_t child = ::fork();
  if (child == 0) {
    Database mine(file_, Database::Mode::kExisting);
    insert(mine, TransactionKind::kUnsynced, 20'000);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(rows(database_), 1);
}

TEST_F(SqliteLog, ALargeTransactionReadsItsOwnPagesBack) {
  Database narrow(file_, Database::Mode::kExisting, 32);
  {
    Transaction transaction(narrow, TransactionKind::kWrite);
    for (int i = 0; i < 200; ++i)
      narrow.run("INSERT INTO t (octets) VALUES (?)", Blob{std::string(30'000, 'y')});
    EXPECT_EQ(rows(narrow), 200);
    EXPECT_EQ(rows(database_), 0);
    transaction.commit();
  }
  EXPECT_EQ(rows(database_), 200);
  EXPECT_EQ(database_.integer("SELECT count(*) FROM t WHERE length(octets) = 30000"), 200);
}

TEST_F(SqliteLog, WhatIsRolledBackLeavesNothing) {
  Database narrow(file_, Database::Mode::kExisting, 32);
  {
    Transaction transaction(narrow, TransactionKind::kWrite);
    for (int i = 0; i < 50; ++i)
      narrow.run("INSERT INTO t (octets) VALUES (?)", Blob{std::string(30'000, 'y')});
  }
  insert(narrow, TransactionKind::kWrite, 5);
  EXPECT_EQ(rows(database_), 1);
  Statement check = database_.query("PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
}

TEST_F(SqliteLog, ACommitThatCannotBeWrittenFails) {
  const pid_t child = ::fork();
  if (child == 0) {
    Database mine(file_, Database::Mode::kExisting);
    const rlimit limit{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);
    try {
      insert(mine, TransactionKind::kUnsynced, 500'000);
    } catch (const StoreError&) {
      ::_exit(0);
    }
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(rows(database_), 0);
  insert(database_, TransactionKind::kWrite, 10);
  EXPECT_EQ(rows(database_), 1);
}

}  // namespace
}  // namespace mailstore
