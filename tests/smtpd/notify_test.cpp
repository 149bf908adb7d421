#include "smtpd/notify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace smtpd {
namespace {

using mail::DeliveryAction;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kHour = 3600;

class NotifyTest : public testing::Test {
 protected:
  NotifyTest() {
    message_.sender = {"alice", "example.test"};
    message_.login = "alice@example.test";
    message_.content = mailstore::Content::of("Subject: x\r\n\r\n");
    message_.recipients.resize(1);
    message_.recipients[0].address = {"dave", "elsewhere.test"};
    message_.recipients[0].original = "dave@elsewhere.test";
  }

  Attempt attempt(Attempt::End end, std::string remote = "mx.elsewhere.test",
                  std::size_t recipient = 0) {
    auto message = std::make_shared<const mailstore::QueuedMessage>(message_);
    return {{message, &message->recipients[recipient]}, end, "", std::move(remote), false};
  }
  std::vector<DeliveryAction> told(Attempt::End end, const std::string& notify = "") {
    message_.recipients[0].notify = notify;
    return actions_to_tell(attempt(end), rules_, 0);
  }
  std::vector<DeliveryAction> told_late(std::int64_t now, const std::string& notify = "") {
    message_.recipients[0].notify = notify;
    return actions_to_tell(attempt(Attempt::End::kDeferred), rules_, now);
  }
  void expand(const std::string& notify) {
    message_.recipients[0].notify = notify;
    message_.recipients.push_back(message_.recipients[0]);
    message_.recipients[1].number = 1;
  }
  void set_header(std::string_view header) {
    message_.content = mailstore::Content::of(std::string(header) + "\r\n\r\n");
  }

  ReportRules rules_{4 * kHour, 120 * kHour};
  mailstore::QueuedMessage message_;
};

TEST_F(NotifyTest, FailuresUnlessNotifySaysOtherwise) {
  constexpr auto kFailed = Attempt::End::kFailed;
  for (const char* notify : {"", "FAILURE", "SUCCESS,FAILURE", "DELAY,FAILURE"}) {
    EXPECT_THAT(told(kFailed, notify), ElementsAre(DeliveryAction::kFailed)) << notify;
  }
  for (const char* notify : {"NEVER", "SUCCESS", "DELAY"}) {
    EXPECT_THAT(told(kFailed, notify), IsEmpty()) << notify;
  }
}

TEST_F(NotifyTest, SuccessIsToldToThoseWhoAsk) {
  EXPECT_THAT(told(Attempt::End::kDelivered), IsEmpty());
  EXPECT_THAT(told(Attempt::End::kDelivered, "FAILURE,DELAY"), IsEmpty());
  EXPECT_THAT(told(Attempt::End::kDelivered, "SUCCESS"), ElementsAre(DeliveryAction::kRelayed));
  EXPECT_THAT(actions_to_tell(attempt(Attempt::End::kDelivered, ""), rules_, 0),
              ElementsAre(DeliveryAction::kDelivered));
}

TEST_F(NotifyTest, TheNextHostReportsWhatItTookOver) {
  message_.recipients[0].notify = "SUCCESS";
  Attempt relayed = attempt(Attempt::End::kDelivered);
  relayed.report_passed_on = true;
  EXPECT_THAT(actions_to_tell(relayed, rules_, 0), IsEmpty());
}

TEST_F(NotifyTest, WhatLmtpTookHasArrived) {
  message_.recipients[0].notify = "SUCCESS";
  Attempt given = attempt(Attempt::End::kDelivered);
  given.last_hop = true;
  EXPECT_THAT(actions_to_tell(given, rules_, 0), ElementsAre(DeliveryAction::kDelivered));
}

TEST_F(NotifyTest, NeverAnAnswerToNobody) {
  message_.sender = {};
  EXPECT_THAT(told(Attempt::End::kFailed), IsEmpty());
  EXPECT_THAT(told(Attempt::End::kDelivered, "SUCCESS"), IsEmpty());
  EXPECT_THAT(told_late(9 * kHour, "DELAY"), IsEmpty());
}

TEST_F(NotifyTest, ADelayIsToldOnceAndInTime) {
  EXPECT_THAT(told_late(4 * kHour - 1), IsEmpty());
  EXPECT_THAT(told_late(4 * kHour), ElementsAre(DeliveryAction::kDelayed));
  message_.recipients[0].delay_told = true;
  EXPECT_THAT(told_late(9 * kHour), IsEmpty());
  EXPECT_THAT(told_late(9 * kHour, "DELAY"), IsEmpty());
}

TEST_F(NotifyTest, DelaysGoByNotifyWhereThereIsOne) {
  EXPECT_THAT(told_late(4 * kHour, "DELAY"), ElementsAre(DeliveryAction::kDelayed));
  for (const char* notify : {"NEVER", "FAILURE", "SUCCESS,FAILURE"}) {
    EXPECT_THAT(told_late(9 * kHour, notify), IsEmpty()) << notify;
  }
  rules_.delay_notice = 0;
  EXPECT_THAT(told_late(9 * kHour), IsEmpty());
  EXPECT_THAT(told_late(4 * kHour, "DELAY"), ElementsAre(DeliveryAction::kDelayed));
}

TEST_F(NotifyTest, UnaskedDelaysAreForOurOwnPeople) {
  message_.login = "";
  EXPECT_THAT(told_late(9 * kHour), IsEmpty());
  EXPECT_THAT(told_late(9 * kHour, "DELAY"), ElementsAre(DeliveryAction::kDelayed));
}

TEST_F(NotifyTest, ListsAndProgramsAreNotWarned) {
  for (const char* header : {"Auto-Submitted: auto-generated", "auto-submitted: auto-replied",
                             "Precedence: bulk", "Precedence: LIST", "List-Id: <a.b>"}) {
    set_header(header);
    EXPECT_THAT(told_late(9 * kHour), IsEmpty()) << header;
    EXPECT_THAT(told(Attempt::End::kFailed), ElementsAre(DeliveryAction::kFailed)) << header;
  }
  set_header("Auto-Submitted: no");
  EXPECT_THAT(told_late(9 * kHour), ElementsAre(DeliveryAction::kDelayed));
}

TEST_F(NotifyTest, AnAddressOfSeveralIsExpandedOnceAndArrivesNowhere) {
  expand("SUCCESS,FAILURE");
  EXPECT_THAT(actions_to_tell(attempt(Attempt::End::kDelivered, "", 0), rules_, 0),
              ElementsAre(DeliveryAction::kExpanded));
  EXPECT_THAT(actions_to_tell(attempt(Attempt::End::kDelivered, "", 1), rules_, 0), IsEmpty());
  EXPECT_THAT(actions_to_tell(attempt(Attempt::End::kFailed, "", 0), rules_, 0),
              ElementsAre(DeliveryAction::kExpanded, DeliveryAction::kFailed));
  message_.recipients[0].attempts = 1;
  EXPECT_THAT(actions_to_tell(attempt(Attempt::End::kDelivered, "", 0), rules_, 0), IsEmpty());
}

TEST_F(NotifyTest, WhatGoesOnOfNotify) {
  const auto onward = [&] { return notify_onward(message_, message_.recipients[0]); };
  message_.recipients[0].notify = "SUCCESS,DELAY";
  EXPECT_EQ(onward(), "SUCCESS,DELAY");
  expand("SUCCESS,DELAY,FAILURE");
  EXPECT_EQ(onward(), "FAILURE,DELAY");
  message_.recipients[0].notify = "SUCCESS";
  EXPECT_EQ(onward(), "NEVER");
  message_.recipients[0].notify = "NEVER";
  EXPECT_EQ(onward(), "NEVER");
  message_.recipients[0].notify = "";
  EXPECT_EQ(onward(), "");
}

}  // namespace
}  // namespace smtpd
