#include "mailctl/quota_words.hpp"

#include <gtest/gtest.h>

namespace mailctl {
namespace {

TEST(QuotaWords, SayHowMuchAndOfWhat) {
  Quota quota;
  quota.limits = {.storage = 5u << 20, .messages = 0, .mailboxes = 9};
  quota.own.storage = 5u << 20;
  quota.used = {.storage = 3'400'000, .messages = 2, .mailboxes = 6};
  EXPECT_EQ(describe(quota),
            "storage    3.2 MiB of 5MiB\n"
            "messages   2, no limit (default)\n"
            "mailboxes  6 of 9 (default)");
  quota.used.storage = 5'000'000'000;
  EXPECT_EQ(describe(quota).substr(11, 7), "4.7 GiB");
}

}  // namespace
}  // namespace mailctl
