#include "mua/body.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "mua/exit_code.hpp"

namespace mua {
namespace {

TEST(Body, ComesFromAFileWithTheQuoteBelow) {
  const std::string path = testing::TempDir() + "/body-test.txt";
  std::ofstream(path) << "text\n";
  EXPECT_EQ(read_body(path, ""), "text\n");
  EXPECT_EQ(read_body(path, "> q\n"), "text\n\n> q\n");
  EXPECT_THROW(read_body(path + ".missing", ""), Failure);
  EXPECT_THROW(read_body(testing::TempDir(), ""), Failure);
}

}  // namespace
}  // namespace mua
