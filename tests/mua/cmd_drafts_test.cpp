#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mua/sync/drafts.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdDrafts, ListsShowsAndDiscards) {
  LocalTrial trial;
  const auto id =
      std::to_string(sync::Drafts(trial.store)
                         .save(0, "To: bob@y.test\nSubject: begun\n\nthe text\n", 1'700'000'000));
  EXPECT_THAT(trial.mua({"drafts"}, {}).out, HasSubstr("begun\n"));
  EXPECT_THAT(trial.mua({"drafts", "--json"}, {}).out, HasSubstr("\"to\":\"bob@y.test\""));
  EXPECT_THAT(trial.mua({"drafts", "show", id}, {}).out, HasSubstr("the text"));
  EXPECT_EQ(trial.mua({"drafts", "discard", id}, {}).code, 0);
  EXPECT_EQ(trial.mua({"drafts"}, {}).out, "");
  EXPECT_EQ(trial.mua({"drafts", "show", id}, {}).code, 3);
}

TEST(CmdDrafts, SendPutsItIntoTheOutboxFirst) {
  LocalTrial trial;
  sync::Drafts drafts(trial.store);
  const auto id = drafts.save(0, "To: bob@y.test\nSubject: begun\n\nthe text\n", 1'700'000'000);
  const Ended ended = trial.mua({"drafts", "send", "1", "--json"}, {"S: * BYE not now\n"});
  EXPECT_NE(ended.code, 0);
  EXPECT_THAT(ended.out, HasSubstr("\"entry\":1,"));
  EXPECT_THAT(ended.out, HasSubstr("\"state\":\"waiting\""));
  EXPECT_TRUE(drafts.all().empty());
  sync::Journal journal(trial.store);
  const sync::Entry entry = journal.outbox().at(0);
  EXPECT_THAT(journal.content(entry.id), HasSubstr("Subject: begun\r\n"));
  EXPECT_EQ(trial.mua({"outbox", "edit", std::to_string(entry.id)}, {}).code, 0);
  EXPECT_EQ(drafts.all().at(0).id, id) << "taken back it is the same draft";
}

TEST(CmdDrafts, WhatCannotBeSentStaysADraft) {
  LocalTrial trial;
  sync::Drafts drafts(trial.store);
  const auto nobody = drafts.save(0, "Subject: begun\n\nthe text\n", 1'700'000'000);
  const auto part = drafts.save(0, "To: bob@y.test\nPart: 77 2 a.pdf\n\n", 1'700'000'000);
  const Ended missing = trial.mua({"drafts", "send", std::to_string(nobody)}, {});
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("nobody is to get it"));
  EXPECT_THAT(trial.mua({"drafts", "send", std::to_string(part)}, {}).err,
              HasSubstr("a.pdf is attached and not here"));
  EXPECT_EQ(drafts.all().size(), 2u);
  EXPECT_EQ(trial.mua({"drafts", "send"}, {}).code, 2);
  EXPECT_EQ(trial.mua({"drafts", "send", "99"}, {}).code, 3);
  EXPECT_EQ(trial.mua({"drafts", "show", "Drafts:4"}, {}).code, 2);
}

}  // namespace
}  // namespace mua
