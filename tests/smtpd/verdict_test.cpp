#include "smtpd/verdict.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using mail::smtp::RecipientOutcome;
using mail::smtp::Reply;
using mail::smtp::Stage;

std::vector<Job> jobs(std::size_t many) {
  static const Message message = [] {
    auto made = std::make_shared<mailstore::QueuedMessage>();
    made->recipients.resize(5);
    for (int i = 0; i < 5; ++i) made->recipients[static_cast<std::size_t>(i)].number = i;
    return made;
  }();
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < many; ++i) jobs.push_back({message, &message->recipients[i]});
  return jobs;
}

RecipientOutcome outcome(int code, Stage stage = Stage::kContent) {
  RecipientOutcome outcome;
  outcome.reply = Reply(code, "", "text");
  outcome.stage = stage;
  return outcome;
}

Verdict judge(std::vector<RecipientOutcome> outcomes) {
  const std::size_t many = outcomes.size();
  return smtpd::judge(jobs(many), {std::move(outcomes), false, true, "mx.test", "TLSv1.3"});
}

TEST(Verdict, EachRecipientByItsReply) {
  const Verdict verdict = judge({outcome(250), outcome(550), outcome(450, Stage::kRecipient)});
  ASSERT_EQ(verdict.decided.size(), 2u);
  EXPECT_EQ(verdict.decided[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(verdict.decided[0].remote, "mx.test");
  EXPECT_EQ(verdict.decided[0].tls, "TLSv1.3");
  EXPECT_TRUE(verdict.decided[0].report_passed_on);
  EXPECT_EQ(verdict.decided[1].end, Attempt::End::kFailed);
  EXPECT_EQ(verdict.decided[1].job.recipient->number, 1);
  ASSERT_EQ(verdict.undecided.size(), 1u);
  EXPECT_EQ(verdict.undecided[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(verdict.undecided[0].reply, "450 text");
  EXPECT_EQ(verdict.health, Health::kCarried) << "a grey list is no trouble of the server's";
}

TEST(Verdict, ARefusedSessionRefusesNobody) {
  const Verdict verdict =
      smtpd::judge(jobs(1), {{outcome(554, Stage::kGreeting)}, true, false, "", ""});
  ASSERT_EQ(verdict.undecided.size(), 1u);
  EXPECT_EQ(verdict.undecided[0].end, Attempt::End::kDeferred);
  EXPECT_EQ(verdict.health, Health::kUnreachable);
}

TEST(Verdict, WhatMayHaveBeenTakenIsNotForTheNextHost) {
  RecipientOutcome lost = outcome(451);
  lost.local = true;
  lost.unknown = true;
  const Verdict verdict = judge({lost});
  ASSERT_EQ(verdict.decided.size(), 1u);
  EXPECT_EQ(verdict.decided[0].end, Attempt::End::kDeferred);
  EXPECT_TRUE(verdict.decided[0].unknown);
  EXPECT_EQ(verdict.health, Health::kBroken);
}

TEST(Verdict, WhatOneHostLacksAnotherMayHave) {
  RecipientOutcome lacking = outcome(550, Stage::kMail);
  lacking.local = true;
  lacking.host_lacks = true;
  const Verdict verdict = judge({lacking});
  ASSERT_EQ(verdict.undecided.size(), 1u);
  EXPECT_EQ(verdict.undecided[0].end, Attempt::End::kFailed) << "unless another host takes it";
}

TEST(Verdict, TheWorstTellsOfTheServer) {
  RecipientOutcome lost = outcome(451, Stage::kData);
  lost.local = true;
  EXPECT_EQ(judge({outcome(250), lost}).health, Health::kBroken);
  EXPECT_EQ(judge({outcome(250), outcome(421)}).health, Health::kBroken);
  EXPECT_EQ(judge({outcome(451, Stage::kMail)}).health, Health::kBusy);
  EXPECT_EQ(judge({outcome(550, Stage::kMail)}).health, Health::kCarried);
}

TEST(Verdict, AnEssayIsCut) {
  RecipientOutcome wordy = outcome(550);
  wordy.reply.lines.assign(100, std::string(100, 'x'));
  EXPECT_EQ(judge({wordy}).decided[0].reply.size(), 800u);
}

}  // namespace
}  // namespace smtpd
