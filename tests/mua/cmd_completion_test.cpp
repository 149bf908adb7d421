#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdCompletion, PrintsScriptsAndWords) {
  LocalTrial trial;
  trial.put(42, "hello");
  EXPECT_THAT(trial.mua({"completion", "fish"}, {}).out, HasSubstr("complete -c mua"));
  EXPECT_EQ(trial.mua({"completion", "tcsh"}, {}).code, 2);
  const std::string settings = (trial.folder() / "mua.toml").string();
  EXPECT_EQ(trial.mua({"completion", "words", "--settings", settings, "read", ""}, {}).out,
            "42\thello\n");
  EXPECT_EQ(
      trial.mua({"completion", "words", "--settings", settings, "save", "4", "--to", ""}, {}).out,
      ":folders\n");
  EXPECT_EQ(trial.mua({"completion", "words", "--settings", "/none", "read", ""}, {}).code, 0);
}

}  // namespace
}  // namespace mua
