#include "mailstore/errors.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mailstore {
namespace {

TEST(Failure, EachHasItsSentence) {
  std::set<std::string_view> sentences;
  for (int i = 0; i <= static_cast<int>(Failure::kBadPassword); ++i)
    EXPECT_TRUE(sentences.insert(describe(static_cast<Failure>(i))).second) << i;
}

}  // namespace
}  // namespace mailstore
