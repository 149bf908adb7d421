#include "smtpd/resolver.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

TEST(Resolver, ReadsRecords) {
  const unsigned char data[] = {0, 10, 2, 'm', 'x', 4, 't', 'e', 's', 't', 0};
  const MxRecord record = read_mx(data);
  EXPECT_EQ(record.preference, 10);
  EXPECT_EQ(record.host, "mx.test");
}

TEST(Resolver, TheRootIsEmpty) {
  const unsigned char data[] = {0, 0, 0};
  EXPECT_EQ(read_mx(data).host, "");
}

TEST(Resolver, CutRecordsAreNone) {
  const unsigned char data[] = {0, 10, 2, 'm', 'x', 4, 't', 'e', 's', 't', 0};
  for (std::size_t size = 0; size + 2 < sizeof data; ++size) {
    const MxRecord record = read_mx({data, size});
    EXPECT_TRUE(record.host.empty() || record.host == "mx") << size;
  }
}

// libunbound answers names below "localhost." and "invalid." by itself (RFC 6761).
TEST(Resolver, AsksWithoutNetwork) {
  EXPECT_EQ(Resolver().find_mx("nowhere.invalid").status, MxAnswer::Status::kNoDomain);
}

}  // namespace
}  // namespace smtpd
