#include "mua/sync_once.hpp"

#include <gtest/gtest.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(SyncOnce, SaysWhyItCannotBeDone) {
  LocalTrial trial;
  Account account = loopback_account(1, 1);
  account.settings = trial.folder() / "mua.toml";
  const SyncResult result = sync_once(account, "secret", {});
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->code, ExitCode::kConnection);
  EXPECT_THROW(require_synchronised(result), Failure);
}

}  // namespace
}  // namespace mua
