#include "mailstore/gathered_log.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "mailstore/errors.hpp"
#include "mailstore/sqlite.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using Kind = Transaction::Kind;

class GatheredLog : public testing::Test {
 protected:
  GatheredLog() { database_.script("CREATE TABLE t (id INTEGER PRIMARY KEY, octets BLOB)"); }

  void insert(Database& database, Kind kind, std::size_t octets) {
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

TEST_F(GatheredLog, ATransactionIsWrittenAtOnce) {
  if (writes() < 0) GTEST_SKIP() << "/proc/self/io is not here";
  insert(database_, Kind::kWrite, 1);
  for (const Kind kind : {Kind::kWrite, Kind::kUnsynced}) {
    const std::int64_t before = writes();
    insert(database_, kind, 100'000);
    EXPECT_EQ(writes() - before, 1);
  }
}

TEST_F(GatheredLog, WhatIsCommittedIsThereForOthersAtOnce) {
  Database other(file_, Database::Mode::kExisting);
  for (const Kind kind : {Kind::kWrite, Kind::kUnsynced, Kind::kUnsynced, Kind::kWrite}) {
    insert(database_, kind, 20'000);
    EXPECT_EQ(rows(other), rows(database_));
  }
  EXPECT_EQ(rows(other), 4);
}

TEST_F(GatheredLog, AnotherProcessThatDiesAfterItsCommitHasCommitted) {
  const pid_t child = ::fork();
  if (child == 0) {
    Database mine(file_, Database::Mode::kExisting);
    insert(mine, Kind::kUnsynced, 20'000);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(rows(database_), 1);
}

TEST_F(GatheredLog, ALargeTransactionReadsItsOwnPagesBack) {
  Database narrow(file_, Database::Mode::kExisting, 32);
  {
    Transaction transaction(narrow, Kind::kWrite);
    for (int i = 0; i < 200; ++i)
      narrow.run("INSERT INTO t (octets) VALUES (?)", Blob{std::string(30'000, 'y')});
    EXPECT_EQ(rows(narrow), 200);
    EXPECT_EQ(rows(database_), 0);
    transaction.commit();
  }
  EXPECT_EQ(rows(database_), 200);
  EXPECT_EQ(database_.integer("SELECT count(*) FROM t WHERE length(octets) = 30000"), 200);
}

TEST_F(GatheredLog, WhatIsRolledBackLeavesNothing) {
  Database narrow(file_, Database::Mode::kExisting, 32);
  {
    Transaction transaction(narrow, Kind::kWrite);
    for (int i = 0; i < 50; ++i)
      narrow.run("INSERT INTO t (octets) VALUES (?)", Blob{std::string(30'000, 'y')});
  }
  insert(narrow, Kind::kWrite, 5);
  EXPECT_EQ(rows(database_), 1);
  Statement check = database_.query("PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
}

TEST_F(GatheredLog, ACommitThatCannotBeWrittenFails) {
  const pid_t child = ::fork();
  if (child == 0) {
    Database mine(file_, Database::Mode::kExisting);
    const rlimit limit{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);
    try {
      insert(mine, Kind::kUnsynced, 500'000);
    } catch (const StoreError&) {
      ::_exit(0);
    }
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(rows(database_), 0);
  insert(database_, Kind::kWrite, 10);
  EXPECT_EQ(rows(database_), 1);
}

}  // namespace
}  // namespace mailstore
