#include "mua/sent_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

using testing::HasSubstr;

SentReport report(std::vector<int> codes) {
  SentReport out;
  for (const int code : codes) {
    out.recipients.push_back({"bob", "x.test"});
    mail::smtp::RecipientOutcome outcome;
    outcome.reply.code = code;
    out.outcomes.push_back(outcome);
  }
  out.message_id = "<1@x.test>";
  return out;
}

ExitCode code_of(const SentReport& sent) {
  testing::internal::CaptureStdout();
  ExitCode code = ExitCode::kOk;
  try {
    code = conclude(sent, Format::kJson);
  } catch (const Failure& failure) {
    code = failure.code;
  }
  EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("\"message_id\":\"<1@x.test>\""));
  return code;
}

TEST(SentReport, SaysHowManyTookIt) {
  EXPECT_EQ(code_of(report({250, 250})), ExitCode::kOk);
  EXPECT_EQ(code_of(report({250, 550})), ExitCode::kPartly);
  EXPECT_EQ(code_of(report({550, 550})), ExitCode::kRefused);
  SentReport uncopied = report({250});
  uncopied.trouble = "full";
  EXPECT_EQ(code_of(uncopied), ExitCode::kPartly);
}

}  // namespace
}  // namespace mua
