#include "imapd/progress_notice.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using std::chrono::seconds;

constexpr ProgressNotice::Clock::time_point kStart{};

TEST(ProgressNotice, IsSaidEverySoOften) {
  ProgressNotice notice(seconds(10));
  notice.begin("A001", kStart);
  EXPECT_EQ(notice.due({false, 1, 1000}, kStart + seconds(9)), "");
  EXPECT_EQ(notice.due({false, 454, 1000}, kStart + seconds(10)),
            "* OK [INPROGRESS (\"A001\" 454 1000)] Still at it\r\n");
  EXPECT_EQ(notice.due({false, 500, 1000}, kStart + seconds(19)), "");
  EXPECT_NE(notice.due({false, 600, 1000}, kStart + seconds(20)), "");
  EXPECT_EQ(notice.due({true, 1000, 1000}, kStart + seconds(40)), "");
}

// RFC 9585 §4: what isn't known is NIL, and the goal is greater than what was made.
TEST(ProgressNotice, SaysWhatIsKnown) {
  EXPECT_EQ(render_progress("t", {}), "* OK [INPROGRESS (\"t\" NIL NIL)] Still at it\r\n");
  EXPECT_EQ(render_progress("t", {false, 175, 0}),
            "* OK [INPROGRESS (\"t\" 175 NIL)] Still at it\r\n");
  EXPECT_EQ(render_progress("t", {false, 7, 7}), "* OK [INPROGRESS (\"t\" 7 NIL)] Still at it\r\n");
  EXPECT_EQ(render_progress("t]", {false, 1, 2}), "* OK [INPROGRESS (NIL 1 2)] Still at it\r\n");
}

}  // namespace
}  // namespace imapd
