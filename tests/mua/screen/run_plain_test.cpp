#include "mua/screen/run_plain.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

// From start to end it is tried in a real terminal and a pipe: tests/interop/mua_doing_test.py.
TEST(RunPlain, WantsAnAccount) {
  const tests::TemporaryFolder folder;
  CommonOptions common;
  common.settings = (folder / "mua.toml").string();
  EXPECT_THROW(run_plain(common, {}), Failure);
}

}  // namespace
}  // namespace mua::screen
