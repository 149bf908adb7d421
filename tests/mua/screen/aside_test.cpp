#include "mua/screen/aside.hpp"

#include <stdexcept>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class AsideTest : public ClientTrial {};

TEST_F(AsideTest, WhatIsThrownIsTold) {
  carry_out([]() -> Aside::After { throw std::runtime_error("no room"); })(client());
  EXPECT_EQ(status_line(), " no room");
  carry_out([] { return Aside::After([](Client& c) { c.say("done"); }); })(client());
  EXPECT_EQ(status_line(), " done");
}

}  // namespace
}  // namespace mua::screen
