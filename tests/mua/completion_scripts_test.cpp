#include "mua/completion_scripts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

// What they do in these shells is tests/interop/completion_test.py's.
TEST(CompletionScripts, EachShellHasItsOwn) {
  EXPECT_THAT(std::string(completion_script("bash")), testing::HasSubstr("complete -F _mua mua"));
  EXPECT_THAT(std::string(completion_script("zsh")), testing::StartsWith("#compdef mua"));
  EXPECT_THAT(std::string(completion_script("fish")), testing::HasSubstr("complete -c mua"));
  EXPECT_EQ(completion_script("tcsh"), "");
}

}  // namespace
}  // namespace mua
