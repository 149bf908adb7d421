#include "mailctl/failure.hpp"

#include <gtest/gtest.h>

namespace mailctl {
namespace {

TEST(Failure, EveryOneSaysWhatToDoNext) {
  for (int i = 0; i <= static_cast<int>(mailstore::Failure::kBadPassword); ++i) {
    const auto failure = store_failure(static_cast<mailstore::Failure>(i), "x@example.test");
    EXPECT_FALSE(failure.next.empty());
    EXPECT_EQ(std::string(failure.what()).substr(0, 16), "x@example.test: ");
    EXPECT_NE(failure.code, ExitCode::kOk);
  }
}

TEST(Failure, ResultsAreUnwrapped) {
  EXPECT_EQ(check(mailstore::Result<int, mailstore::Failure>(7), "x"), 7);
  const mailstore::Result<void, mailstore::Failure> failed =
      mailstore::unexpected(mailstore::Failure::kAlreadyExists);
  EXPECT_THROW(check(failed, "x"), Failure);
}

}  // namespace
}  // namespace mailctl
