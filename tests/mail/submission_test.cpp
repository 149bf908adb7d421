#include "mail/submission.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

constexpr DateTime kNow{837596665, -420};
constexpr std::string_view kDateField = "Date: Wed, 17 Jul 1996 02:44:25 -0700\r\n";
constexpr std::string_view kId = "Message-ID: <new@x>\r\n";

std::string completed(std::string_view header) { return complete_header(header, kNow, "<new@x>"); }

TEST(Submission, AddsWhatIsMissing) {
  EXPECT_EQ(completed("Subject: s\r\n\r\nbody"),
            "Subject: s\r\n" + std::string(kDateField) + std::string(kId) + "\r\n");
  EXPECT_EQ(completed("date: x\r\nMESSAGE-ID: <a@b>\r\n\r\n"),
            "date: x\r\nMESSAGE-ID: <a@b>\r\n\r\n");
  EXPECT_EQ(completed("Date: x\r\n\r\n"), "Date: x\r\n" + std::string(kId) + "\r\n");
}

TEST(Submission, RemovesBccWhole) {
  EXPECT_EQ(
      completed("Date: x\r\nBcc: a@b,\r\n c@d,\r\n\te@f\r\nTo: g@h\r\nbcc:\r\nResent-Bcc: i@j\r\n"
                "Message-ID: <a@b>\r\n\r\n"),
      "Date: x\r\nTo: g@h\r\nMessage-ID: <a@b>\r\n\r\n");
}

TEST(Submission, MessagesWithoutHeaderOrEmptyLine) {
  const std::string added = std::string(kDateField) + std::string(kId);
  EXPECT_EQ(completed(""), added);
  EXPECT_EQ(completed("\r\n"), added + "\r\n");
  EXPECT_EQ(completed("just text\r\nmore\r\n"), added + "\r\njust text\r\nmore\r\n");
  EXPECT_EQ(completed("Subject: s"), "Subject: s\r\n" + added);
  EXPECT_EQ(completed("Bcc: a@b\r\n\r\n"), added + "\r\n");
}

TEST(Submission, OtherOctetsStay) {
  const std::string odd =
      "X: \xFF\r\n\tfolded  \r\ngarbage line\r\nDate: x\r\nMessage-ID: y\r\n\r\n";
  EXPECT_EQ(completed(odd), odd);
}

}  // namespace
}  // namespace mail
