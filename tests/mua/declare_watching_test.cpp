#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

TEST(DeclareWatching, WaitsForEverUnlessTold) {
  EXPECT_EQ(parse<WaitOptions>({"wait"}).timeout, 0u);
  const auto wait = parse<WaitOptions>({"wait", "Work", "--timeout", "9"});
  EXPECT_EQ(wait.mailbox, "Work");
  EXPECT_EQ(wait.timeout, 9u);
}

TEST(DeclareWatching, KnowsThreeShells) {
  EXPECT_EQ(parse<CompletionOptions>({"completion", "fish"}).shell, "fish");
  EXPECT_EQ(stop({"completion", "tcsh"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace mua
