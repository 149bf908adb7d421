#include "mua/progress.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(Progress, IsSilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  {
    Progress progress;
    progress.show("half");
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Progress, OctetsAreReadable) {
  EXPECT_EQ(octets_text(999), "999 octets");
  EXPECT_EQ(octets_text(1'500'000'000), "1.5 GB");
}

}  // namespace
}  // namespace mua
