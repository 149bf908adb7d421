#include "smtpd/attempt_log.hpp"

#include <gtest/gtest.h>

#include "conf/log.hpp"

namespace smtpd {
namespace {

using mailstore::Event;
using mailstore::Step;

class AttemptLogTest : public testing::Test {
 protected:
  AttemptLogTest() { conf::start_log("smtpd", {"info", "human"}); }
  ~AttemptLogTest() override { conf::start_log("smtpd", {"error", "human"}); }

  static Message message() {
    mailstore::QueuedMessage message;
    message.name = "e-7";
    message.message_id = "<m@example.test>";
    message.sender = {"alice", "example.test"};
    message.received_at = 1000;
    message.recipients.resize(1);
    message.recipients[0].address = {"bob", "b.test"};
    message.recipients[0].original = "info@example.test";
    return std::make_shared<mailstore::QueuedMessage>(std::move(message));
  }

  Remember remember() {
    return [this](Step step) {
      EXPECT_GT(step.time, 1'700'000'000'000) << "milliseconds";
      step.time = 0;
      steps_.push_back(std::move(step));
    };
  }

  std::vector<Step> steps_;
};

TEST_F(AttemptLogTest, KeepsWhoBroughtAMessage) {
  testing::internal::CaptureStderr();
  log_accepted(remember(), *message(), {"trace", "192.0.2.7", "TLSv1.3 X"});
  EXPECT_NE(testing::internal::GetCapturedStderr().find("client=192.0.2.7"), std::string::npos);
  const Step expected{0,           "e-7", "<m@example.test>", "alice@example.test",
                      "",          "",    Event::kAccepted,   "192.0.2.7",
                      "TLSv1.3 X", ""};
  ASSERT_EQ(steps_.size(), 1u);
  EXPECT_EQ(steps_[0], expected);
}

TEST_F(AttemptLogTest, KeepsWhatTheOtherSideSaid) {
  const Message kept = message();
  Attempt attempt{{kept, &kept->recipients[0]}, Attempt::End::kDeferred, "451 later", "mx.b.test"};
  attempt.tls = "TLSv1.3 X verified";
  testing::internal::CaptureStderr();
  log_attempt(remember(), attempt);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("deferred queue=e-7 to=bob@b.test host=mx.b.test"), std::string::npos) << log;
  const Step expected{0,
                      "e-7",
                      "<m@example.test>",
                      "alice@example.test",
                      "bob@b.test",
                      "info@example.test",
                      Event::kDeferred,
                      "mx.b.test",
                      "TLSv1.3 X verified",
                      "451 later"};
  ASSERT_EQ(steps_.size(), 1u);
  EXPECT_EQ(steps_[0], expected);
}

TEST_F(AttemptLogTest, SaysWhenAReportCouldNotBeDelivered) {
  mailstore::QueuedMessage report = *message();
  report.sender = {};
  const auto kept = std::make_shared<mailstore::QueuedMessage>(report);
  testing::internal::CaptureStderr();
  log_attempt(remember(), {{kept, &kept->recipients[0]}, Attempt::End::kFailed, "550 no", ""});
  EXPECT_NE(testing::internal::GetCapturedStderr().find("double_bounce"), std::string::npos);
  EXPECT_EQ(steps_.at(0).sender, "");
  EXPECT_EQ(steps_.at(0).event, Event::kFailed);
}

TEST_F(AttemptLogTest, AReportIsAStepOfBothMessages) {
  mailstore::QueuedMessage report;
  report.name = "e-8";
  report.received_at = 3000;
  testing::internal::CaptureStderr();
  log_report(remember(), *message(), report);
  testing::internal::GetCapturedStderr();
  ASSERT_EQ(steps_.size(), 2u);
  EXPECT_EQ(steps_[0].event, Event::kReported);
  EXPECT_EQ(steps_[0].queue, "e-7");
  EXPECT_EQ(steps_[0].reply, "report e-8 to alice@example.test");
  EXPECT_EQ(steps_[1].event, Event::kAccepted);
  EXPECT_EQ(steps_[1].queue, "e-8");
}

}  // namespace
}  // namespace smtpd
