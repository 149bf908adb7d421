#include "mail/media_type.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(MediaType, ByExtensionInAnyCase) {
  EXPECT_EQ(media_type_of("report.PDF"), "application/pdf");
  EXPECT_EQ(media_type_of("a.tar.gz"), "application/gzip");
  EXPECT_EQ(media_type_of("파발.hwp"), "application/x-hwp");
}

TEST(MediaType, TheUnknownIsOctets) {
  for (const char* name : {"", "pdf", "a.", "a.unknown", "Makefile"}) {
    EXPECT_EQ(media_type_of(name), "application/octet-stream") << name;
  }
}

}  // namespace
}  // namespace mail
