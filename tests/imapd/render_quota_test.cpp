#include "imapd/render_quota.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(RenderQuota, NamesWhatIsLimited) {
  std::string out;
  append_quota(out, "alice@example.test", {.storage = 2048, .messages = 9}, {1025, 3, 6}, {});
  EXPECT_EQ(out, "* QUOTA alice@example.test (STORAGE 2 2 MESSAGE 3 9)\r\n");
  out.clear();
  append_quota(out, "a b", {}, {}, {});
  EXPECT_EQ(out, "* QUOTA \"a b\" ()\r\n");
}

TEST(RenderQuota, AMailboxHasARootOrNone) {
  std::string out;
  append_quota_root(out, "INBOX", "alice@example.test", {});
  append_quota_root(out, "a b", "", {});
  EXPECT_EQ(out, "* QUOTAROOT INBOX alice@example.test\r\n* QUOTAROOT \"a b\"\r\n");
}

}  // namespace
}  // namespace imapd
