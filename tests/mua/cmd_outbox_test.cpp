#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

std::string waiting(LocalTrial& trial) {
  sync::Outgoing mail;
  mail.sender = "ann@x.test";
  mail.recipients = {"bob@y.test"};
  mail.content = "Subject: hello\r\nMessage-ID: <1@x.test>\r\n\r\nhi\r\n";
  mail.message_id = "<1@x.test>";
  mail.subject = "hello";
  return std::to_string(sync::Actions(trial.store).send(mail, 4'000'000'000));
}

TEST(CmdOutbox, ListsWhatWaitsAndTakesItBack) {
  LocalTrial trial;
  const std::string id = waiting(trial);
  EXPECT_THAT(trial.mua({"outbox"}, {}).out, HasSubstr("waiting"));
  EXPECT_THAT(trial.mua({"outbox", "--json"}, {}).out, HasSubstr("\"state\":\"waiting\""));
  const Ended edited = trial.mua({"outbox", "edit", id}, {});
  EXPECT_EQ(edited.code, 0) << edited.err;
  EXPECT_EQ(trial.mua({"outbox"}, {}).out, "");
  EXPECT_EQ(trial.mua({"outbox", "retry", id}, {}).code, 3);
}

TEST(CmdOutbox, DiscardLeavesNothing) {
  LocalTrial trial;
  EXPECT_EQ(trial.mua({"outbox", "discard", waiting(trial)}, {}).code, 0);
  EXPECT_EQ(trial.mua({"outbox"}, {}).out, "");
  EXPECT_EQ(trial.mua({"drafts"}, {}).out, "");
}

}  // namespace
}  // namespace mua
