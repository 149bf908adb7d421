#include "mailctl/output.hpp"

#include <gtest/gtest.h>

#include <cstdio>

namespace mailctl {
namespace {

std::string printed(Format format, const std::vector<Row>& rows) {
  testing::internal::CaptureStdout();
  print_list(format, {"NAME", "SIZE"}, rows, "Nothing.");
  std::fflush(stdout);
  return testing::internal::GetCapturedStdout();
}

TEST(Output, AlignsColumnsByTheirWidthOnTheScreen) {
  const std::vector<Row> rows{{{{"name", "받은 편지"}}, {"받은 편지", "1"}},
                              {{{"name", "INBOX"}}, {"INBOX", "22"}}};
  EXPECT_EQ(printed(Format::kText, rows), "NAME       SIZE\n받은 편지  1\nINBOX      22\n");
  EXPECT_EQ(printed(Format::kJson, rows), "[{\"name\":\"받은 편지\"},{\"name\":\"INBOX\"}]\n");
}

TEST(Output, SaysWhenThereIsNothing) {
  EXPECT_EQ(printed(Format::kText, {}), "Nothing.\n");
  EXPECT_EQ(printed(Format::kJson, {}), "[]\n");
}

TEST(Output, TimesAreUtc) { EXPECT_EQ(shown_time(86399), "1970-01-01T23:59:59Z"); }

}  // namespace
}  // namespace mailctl
