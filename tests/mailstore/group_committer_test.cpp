#include "mailstore/group_committer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

struct GroupCommitterTest : ::testing::Test {
  tests::TemporaryFolder folder;
  Database database{folder.path() / "x.db"};
  std::vector<std::string> log;  // the committer's thread writes it, tests read it after a flush

  GroupCommitterTest() { database.script("CREATE TABLE number (n INTEGER UNIQUE)"); }

  GroupWork insert(int n) {
    return {[this, n] { database.run("INSERT INTO number VALUES (?)", n); },
            [this, n](const std::exception_ptr& error) {
              log.push_back((error ? "failed " : "done ") + std::to_string(n));
            }};
  }
  /// Runs `submit` while the committer is busy, so that what it submits becomes one batch.
  void while_busy(GroupCommitter& committer, const std::function<void()>& submit) {
    std::promise<void> busy, go;
    committer.submit({[&] {
                        busy.set_value();
                        go.get_future().wait();
                      },
                      {}},
                     Urgency::kAtOnce);
    busy.get_future().wait();
    submit();
    go.set_value();
    committer.flush();
  }
  int begins_during(const std::function<void(GroupCommitter&)>& work) {
    std::atomic<int> begins = 0;
    database.on_step([&](std::string_view step) { begins += step == "BEGIN IMMEDIATE"; });
    {
      GroupCommitter committer(database, [] {});
      work(committer);
    }
    database.on_step({});
    return begins;
  }
  std::int64_t rows() { return database.integer("SELECT count(*) FROM number").value(); }
};

TEST_F(GroupCommitterTest, WhatWaitsIsOneTransaction) {
  int begins = begins_during([&](GroupCommitter& committer) {
    while_busy(committer, [&] {
      for (int n = 0; n < 100; ++n) committer.submit(insert(n), Urgency::kAtOnce);
    });
    EXPECT_EQ(log.size(), 100u);
  });
  EXPECT_EQ(begins, 2);
  EXPECT_EQ(rows(), 100);
}

TEST_F(GroupCommitterTest, OnesTroubleIsItsOwn) {
  begins_during([&](GroupCommitter& committer) {
    while_busy(committer, [&] {
      for (int n : {1, 2, 1, 3}) committer.submit(insert(n), Urgency::kAtOnce);
    });
  });
  EXPECT_EQ(log, (std::vector<std::string>{"done 1", "done 2", "failed 1", "done 3"}));
  EXPECT_EQ(rows(), 3);
}

TEST_F(GroupCommitterTest, ACommitThatFailsIsTold) {
  bool full = true;
  {
    GroupCommitter committer(database, [&] {
      if (full) throw StoreError("the disk is full", true);
    });
    committer.submit(insert(1), Urgency::kAtOnce);
    committer.flush();
    full = false;
    committer.submit(insert(2), Urgency::kAtOnce);
  }
  EXPECT_EQ(log, (std::vector<std::string>{"failed 1", "done 2"}));
  EXPECT_EQ(rows(), 1);
}

TEST_F(GroupCommitterTest, PatientWorkIsCommittedByItselfInTheEnd) {
  std::promise<void> done;
  begins_during([&](GroupCommitter& committer) {
    committer.submit({[] {}, [&](const std::exception_ptr&) { done.set_value(); }},
                     Urgency::kWithOthers);
    done.get_future().wait();
  });
}

TEST_F(GroupCommitterTest, PatientWorkRidesAlong) {
  int begins = begins_during([&](GroupCommitter& committer) {
    committer.submit(insert(1), Urgency::kWithOthers);
    committer.submit(insert(2), Urgency::kAtOnce);
    committer.flush();
  });
  EXPECT_LE(begins, 2);
  EXPECT_EQ(rows(), 2);
}

TEST_F(GroupCommitterTest, ALentThreadCommitsItself) {
  begins_during([&](GroupCommitter& committer) {
    std::thread::id by;
    GroupWork here = insert(1);
    here.apply = [&, apply = here.apply] {
      by = std::this_thread::get_id();
      apply();
    };
    committer.submit(std::move(here), Urgency::kHere);
    EXPECT_EQ(by, std::this_thread::get_id());
    EXPECT_EQ(log, std::vector<std::string>{"done 1"});
  });
  EXPECT_EQ(rows(), 1);
}

TEST_F(GroupCommitterTest, AThreadIsNotLentWhileACommitIsUnderWay) {
  begins_during([&](GroupCommitter& committer) {
    while_busy(committer, [&] {
      committer.submit(insert(1), Urgency::kHere);
      EXPECT_TRUE(log.empty());
    });
    EXPECT_EQ(log, std::vector<std::string>{"done 1"});
  });
}

TEST_F(GroupCommitterTest, ManyWhoLendTheirThreadsAreAllServed) {
  std::atomic<int> finished = 0;
  begins_during([&](GroupCommitter& committer) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (int n = 0; n < 50; ++n) {
          GroupWork work{
              [this, t, n] { database.run("INSERT INTO number VALUES (?)", 100 * t + n); },
              [&](const std::exception_ptr&) { ++finished; }};
          committer.submit(std::move(work), n % 3 == 0 ? Urgency::kAtOnce : Urgency::kHere);
        }
      });
    }
  });
  EXPECT_EQ(finished, 400);
  EXPECT_EQ(rows(), 400);
}

TEST_F(GroupCommitterTest, FlushFromFinishReturns) {
  begins_during([&](GroupCommitter& committer) {
    committer.submit({[] {}, [&](const std::exception_ptr&) { committer.flush(); }},
                     Urgency::kAtOnce);
    committer.flush();
  });
}

TEST_F(GroupCommitterTest, MoreThanABatchIsAllCommitted) {
  begins_during([&](GroupCommitter& committer) {
    for (int n = 0; n < 2000; ++n) committer.submit(insert(n), Urgency::kWithOthers);
  });
  EXPECT_EQ(rows(), 2000);
}

}  // namespace
}  // namespace mailstore
