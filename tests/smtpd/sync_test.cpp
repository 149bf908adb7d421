#include "smtpd/sync.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "conf/log.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

class SyncTest : public testing::Test {
 protected:
  SyncTest() { conf::start_log("smtpd", {"error", "human"}); }

  Attempt attempt(mailstore::AccountId account, Attempt::End end) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->recipients.resize(1);
    message->recipients[0].account = account;
    return {{message, &message->recipients[0]}, end, "250 2.0.0 Delivered", "", false};
  }

  /// What was settled once all of `batches` was taken and the Sync is gone.
  std::vector<Attempt> settle(const std::vector<std::vector<Attempt>>& batches) {
    std::vector<Attempt> settled;
    std::mutex mutex;
    {
      Sync sync([this](mailstore::AccountId) { return account_; },
                [&](std::vector<Attempt> attempts) {
                  std::lock_guard lock(mutex);
                  settled.insert(settled.end(), attempts.begin(), attempts.end());
                });
      for (const auto& batch : batches) sync.take(batch);
    }
    return settled;
  }

  tests::TemporaryFolder folder_;
  std::filesystem::path account_ = folder_.path();
};

TEST_F(SyncTest, WhatIsTakenIsSettledOnceAtTheLatestWhenItGoes) {
  const auto made = Attempt::End::kDelivered;
  const auto settled =
      settle({{attempt(1, made), attempt(1, made)}, {attempt(2, made)}, {attempt(1, made)}});
  ASSERT_EQ(settled.size(), 4u);
  for (const Attempt& each : settled) EXPECT_EQ(each.end, made);
}

TEST_F(SyncTest, WhatWasNotMadeNeedsNoSync) {
  account_ = "/nowhere/file";
  const auto settled = settle({{attempt(1, Attempt::End::kFailed)}});
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_EQ(settled[0].end, Attempt::End::kFailed);
}

TEST_F(SyncTest, AFailedSyncDefers) {
  account_ = folder_.path() / "file";
  std::ofstream(account_) << "not a folder";
  const auto settled = settle({{attempt(1, Attempt::End::kDelivered)}});
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_EQ(settled[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(settled[0].reply.substr(0, 3), "451");
}

}  // namespace
}  // namespace smtpd
