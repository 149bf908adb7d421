#include "imapd/render_flags.hpp"

#include <gtest/gtest.h>

#include "mail/flags.hpp"

namespace imapd {
namespace {

std::string flags(mailstore::FlagBits bits, Recency recency = Recency::kOld) {
  std::string out;
  append_flags(out, bits, {"$one", "$two"}, recency);
  return out;
}

TEST(RenderFlags, WritesSystemFlagsThenKeywordsThenRecent) {
  EXPECT_EQ(flags(0), "FLAGS ()");
  EXPECT_EQ(flags(0, Recency::kRecent), "FLAGS (\\Recent)");
  EXPECT_EQ(flags(mail::kSeen | mail::kAnswered), "FLAGS (\\Answered \\Seen)");
  EXPECT_EQ(flags(1u << 9), "FLAGS ($two)");
  EXPECT_EQ(flags(3u << 8 | mail::kDraft, Recency::kRecent), "FLAGS (\\Draft $one $two \\Recent)");
}

TEST(RenderFlags, LeavesOutKeywordsItDoesNotKnow) { EXPECT_EQ(flags(1u << 20), "FLAGS ()"); }

TEST(RenderFlags, SaysWhatCanBeChanged) {
  std::string out;
  append_mailbox_flags(out, {"$one"}, Access::kReadWrite);
  EXPECT_EQ(out,
            "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $one)\r\n"
            "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $one \\*)] "
            "Limited\r\n");
}

}  // namespace
}  // namespace imapd
