#include "mail/flags.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Flags, SystemFlagsInAnyCase) {
  EXPECT_EQ(parse_system_flag("\\Seen"), kSeen);
  EXPECT_EQ(parse_system_flag("\\ANSWERED"), kAnswered);
  EXPECT_EQ(parse_system_flag("\\flagged"), kFlagged);
  EXPECT_EQ(parse_system_flag("\\Deleted"), kDeleted);
  EXPECT_EQ(parse_system_flag("\\Draft"), kDraft);
}

TEST(Flags, OthersAreNone) {
  for (const char* text : {"\\Recent", "Seen", "$Forwarded", "\\*", "", "\\", "\\Seen "}) {
    EXPECT_EQ(parse_system_flag(text), std::nullopt) << text;
  }
}

TEST(Flags, RenderedInTheOrderOfTheRfc) {
  EXPECT_EQ(render_system_flags(0), "");
  EXPECT_EQ(render_system_flags(kSeen), "\\Seen");
  EXPECT_EQ(render_system_flags(31), "\\Answered \\Flagged \\Deleted \\Seen \\Draft");
}

}  // namespace
}  // namespace mail
