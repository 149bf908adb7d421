#include "mua/screen/background.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

TEST(Background, RunsWithTheVariablesAndNobodyWaits) {
  const tests::TemporaryFolder folder;
  const auto file = folder / "said";
  run_in_background({{"/bin/sh", "-c",
                      "echo \"$MUA_FROM\" > " + file.string() + ".new; mv " + file.string() +
                          ".new " + file.string()},
                     {{"MUA_FROM", "Ann; rm"}}});
  while (!std::filesystem::exists(file)) std::this_thread::yield();
  std::ifstream in(file);
  std::string said;
  std::getline(in, said);
  EXPECT_EQ(said, "Ann; rm");
}

}  // namespace
}  // namespace mua::screen
