#include "mua/outbox_entry.hpp"

#include <gmock/gmock.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(OutboxEntry, TellsWhatItWaitsForAndWhatWasSaid) {
  sync::Entry entry;
  entry.id = 7;
  entry.action = sync::Action::kSend;
  entry.label = "hello";
  entry.message_id = "<m@x.test>";
  entry.recipients = {"bob@y.test"};
  entry.not_before = 1'700'000'000'000;
  auto out = json_of_entry(entry);
  EXPECT_EQ(out["state"], "waiting");
  EXPECT_EQ(out["due"], "2023-11-14T22:13:20+00:00");
  EXPECT_FALSE(out.contains("said"));
  entry.state = sync::EntryState::kFailed;
  entry.said = "550";
  entry.advice = "Correct it.";
  out = json_of_entry(entry);
  EXPECT_FALSE(out.contains("due"));
  EXPECT_EQ(out["said"], "550");
  EXPECT_EQ(out["advice"], "Correct it.");
}

TEST(OutboxEntry, WithoutAServerItGoesOnWaiting) {
  LocalTrial trial;
  EXPECT_EQ(trial
                .mua({"send", "--queue", "--to", "bob@y.test", "--subject", "x", "--body",
                      trial.write("b", "hi\n").string()},
                     {})
                .code,
            0);
  sync::Journal journal(trial.store);
  const Ended ended = trial.mua({"outbox", "retry", "1", "--json"}, {"S: * BYE not now\n"});
  EXPECT_NE(ended.code, 0);
  EXPECT_THAT(ended.out, testing::HasSubstr("\"state\":\"waiting\""));
  EXPECT_EQ(journal.outbox().at(0).state, sync::EntryState::kWaiting);
}

}  // namespace
}  // namespace mua
