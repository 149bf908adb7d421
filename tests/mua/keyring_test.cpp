#include "mua/keyring.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace mua {
namespace {

// With a keyring: tests/interop/mua_first_run_test.py.
TEST(KeyringTest, WithoutOneThereIsAReason) {
  setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
  EXPECT_FALSE(Keyring::available());
  const auto found = Keyring::find("ann@x.test");
  ASSERT_FALSE(found);
  EXPECT_FALSE(found.error().empty());
  EXPECT_FALSE(Keyring::keep("ann@x.test", "secret"));
}

}  // namespace
}  // namespace mua
