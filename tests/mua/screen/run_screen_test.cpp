#include "mua/screen/run_screen.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

// From start to end it is tried in a real terminal: tests/interop/mua_screen_test.py.
TEST(RunScreen, WantsAnAccount) {
  const tests::TemporaryFolder folder;
  CommonOptions common;
  common.settings = (folder / "mua.toml").string();
  EXPECT_THROW(run_screen(common, {}), Failure);
}

}  // namespace
}  // namespace mua::screen
