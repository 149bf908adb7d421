#include "mua/screen/event.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Event, WhatKeysType) {
  EXPECT_EQ(typed({"j"}), "j");
  EXPECT_EQ(typed({"가"}), "가");
  EXPECT_EQ(typed({"Space"}), " ");
  EXPECT_EQ(typed({"Enter"}), "");
  EXPECT_EQ(typed({"C-p"}), "");
}

}  // namespace
}  // namespace mua::screen
