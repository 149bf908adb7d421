#include "mua/deliver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

Mailing mailing() {
  Mailing out;
  out.draft.from = {"Ann", {"ann", "x.test"}};
  out.draft.to = {{"Bob", {"bob", "x.test"}}};
  out.draft.bcc = {{"", {"eve", "x.test"}}};
  out.draft.message_id = "<1@x.test>";
  out.content = mail::source_of("Subject: x\r\nBcc: eve@x.test\r\n\r\nhi\r\n");
  out.mark = Mark{{"INBOX", 7, 4}, {mail::kAnswered, {}}};
  return out;
}

constexpr const char* kTaken =
    "C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\nS: 250 ok\n"
    "C: RCPT TO:<eve@x.test>\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: x\nC: \nC: hi\nC: .\n"
    "S: 250 taken\n";

TEST(Deliver, OnlyTheCopyHasBccAndWhatIsAnsweredIsMarked) {
  const ScriptedServer smtp({smtp_session(kTaken)});
  const ScriptedServer imap({imap_session(
      "C: A2 LIST \"\" \"*\"\nS: * LIST (\\Sent) \"/\" Sent\nS: A2 OK\nC: ...\n"
      "C: Subject: x\nC: Bcc: eve@x.test\nC: \nC: hi\nC: \nS: A3 OK [APPENDUID 9 5] kept\n"
      "C: A4 SELECT INBOX\nS: * OK [UIDVALIDITY 7]\nS: A4 OK\n"
      "C: A5 UID STORE 4 +FLAGS (\\Answered)\nS: A5 OK\n",
      "A6")});
  testing::internal::CaptureStdout();
  const ExitCode code = result_of(
      deliver(loopback_account(imap.port(), smtp.port()), "secret", mailing(), Format::kText));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "sent to 2 recipients; copy in Sent:5\n");
  EXPECT_EQ(code, ExitCode::kOk);
}

TEST(Deliver, WhatNobodyTookLeavesNoCopyAndNoMark) {
  const ScriptedServer smtp({smtp_session("C: MAIL FROM:<ann@x.test>\nS: 550 5.7.1 not you\n")});
  const Failure failure =
      failure_of(deliver(loopback_account(1, smtp.port()), "secret", mailing(), Format::kText));
  EXPECT_EQ(failure.code, ExitCode::kRefused);
  EXPECT_THAT(failure.what(), HasSubstr("550 5.7.1 not you"));
}

}  // namespace
}  // namespace mua
