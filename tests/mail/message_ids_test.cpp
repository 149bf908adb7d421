#include "mail/message_ids.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Ids = std::vector<std::string>;

Ids read(std::string_view value, std::size_t most = 100) { return message_ids(value, most); }

TEST(MessageIds, ReadsOneAfterTheOther) {
  EXPECT_EQ(read("<a@b>"), (Ids{"a@b"}));
  EXPECT_EQ(read("<a@b> <c@d>\r\n\t<e@f>"), (Ids{"a@b", "c@d", "e@f"}));
  EXPECT_EQ(read("<a@b><c@d>,<e@f>"), (Ids{"a@b", "c@d", "e@f"}));
  EXPECT_EQ(read("<a@b> <c@d> <e@f>", 2), (Ids{"a@b", "c@d"}));
}

TEST(MessageIds, QuotingMakesNoDifference) {
  EXPECT_EQ(read("<\"01KF8JCEOCBS0045PS\"@xxx.test>"), (Ids{"01KF8JCEOCBS0045PS@xxx.test"}));
  EXPECT_EQ(read("<\"a>\\\"b\"@c>"), (Ids{"a>\"b@c"}));
  EXPECT_EQ(read("< a @ b >"), (Ids{"a@b"}));
}

TEST(MessageIds, PassesOverWhatIsNone) {
  EXPECT_EQ(read("Your message of Friday"), Ids{});
  EXPECT_EQ(read("<> <a> <@b> <a@> <c@d>"), (Ids{"c@d"}));
  EXPECT_EQ(read("\"A <x@y>\" <a@b> (see <n@o> \\) too) <c@d>"), (Ids{"a@b", "c@d"}));
  EXPECT_EQ(read("<a@b <c@d>"), (Ids{"c@d"})) << "the first one never ended";
  EXPECT_EQ(read("<a@b"), Ids{});
  EXPECT_EQ(read("(((<a@b>"), Ids{});
  EXPECT_EQ(read("\"\\"), Ids{});
}

}  // namespace
}  // namespace mail
