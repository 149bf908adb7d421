#include "mua/sync_once.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "mailstore/process_lock.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

Account account_in(const LocalTrial& trial) {
  Account account = loopback_account(1, 1);
  account.settings = trial.folder() / "mua.toml";
  return account;
}

TEST(SyncOnce, SaysWhyItCannotBeDone) {
  LocalTrial trial;
  const SyncResult result = sync_once(account_in(trial), "secret", {});
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->code, ExitCode::kConnection);
  EXPECT_THROW(require_synchronised(result), Failure);
}

TEST(SyncOnce, AStoreThatCannotBeWrittenIsNoConnectionThatFailed) {
  LocalTrial trial;
  const Account account = account_in(trial);
  const auto file = sync::store_file(account.settings, account.address);
  const mailstore::ProcessLock held(file.string() + ".lock");
  const SyncResult result = sync_once(account, "secret", {});
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->code, ExitCode::kFailed);
  EXPECT_THAT(result.failure->what(), HasSubstr("the local store can't be written: "));
  EXPECT_THAT(result.failure->what(), HasSubstr("is held by"));
  EXPECT_FALSE(result.failure->advice.empty());
}

TEST(SyncOnce, AStoreThatCannotBeOpenedIsSaidTheSameWay) {
  LocalTrial trial;
  Account account = account_in(trial);
  account.address = "other@x.test";
  const auto file = sync::store_file(account.settings, account.address);
  std::ofstream(file) << "no database, but long enough to be taken for one"
                      << std::string(900, '.');
  try {
    sync_once(account, "secret", {});
    ADD_FAILURE();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, ExitCode::kFailed);
    EXPECT_THAT(failure.what(), HasSubstr("the local store can't be written: "));
  }
}

}  // namespace
}  // namespace mua
