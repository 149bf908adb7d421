// The options a command line chooses, and how a wrong one ends.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "mua/options.hpp"

namespace mua {

template <class T>
T parse(std::vector<std::string> arguments) {
  auto invocation = parse_command_line(std::move(arguments));
  EXPECT_TRUE(invocation) << invocation.error().text;
  return std::get<T>(invocation->command);
}

inline Stop stop(std::vector<std::string> arguments) {
  auto invocation = parse_command_line(std::move(arguments));
  EXPECT_FALSE(invocation);
  return invocation.error();
}

}  // namespace mua
