#include "mua/screen/message_commands.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class MessageCommands : public ClientTrial {
 protected:
  MessageCommands() {
    three();
    archive = folders.require("Archive");
  }
  sync::FolderId archive = 0;
};

TEST_F(MessageCommands, DeleteAndUndo) {
  press("j d");
  EXPECT_EQ(status_line(), " deleted 1 message; u takes it back");
  EXPECT_EQ(client().list.count(), 2u);
  EXPECT_EQ(client().list.current()->id, first);
  press("u");
  EXPECT_EQ(client().list.count(), 3u);
  EXPECT_EQ(client().list.current()->id, second);
  EXPECT_EQ(status_line().substr(0, 12), " taken back:");
  press("u");
  EXPECT_EQ(status_line(), " there is nothing to take back");
}

TEST_F(MessageCommands, WhatCanNotBeTakenBackIsSaid) {
  press("d");
  const auto entry = journal.unfinished().at(0).id;
  journal.move(entry, sync::EntryState::kRunning);
  journal.move(entry, sync::EntryState::kDone);
  writer.lost_sight(third, trash);
  press("u");
  EXPECT_EQ(status_line(), " delete 1 message can't be taken back: moved or gone since");
  EXPECT_EQ(client().list.count(), 2u);
}

TEST_F(MessageCommands, InBulk) {
  press("* d");
  EXPECT_EQ(status_line(), " deleted 3 messages; u takes it back");
  EXPECT_EQ(client().list.count(), 0u);
  press("u");
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(MessageCommands, Move) {
  press("s");
  type("arch");
  press("Enter");
  EXPECT_EQ(status_line(), " 1 message to Archive; u takes it back");
  press("a");
  EXPECT_EQ(list.count(archive), 2u);
  client().command("move INBOX");
  EXPECT_EQ(status_line(), " it is in INBOX already");
}

TEST_F(MessageCommands, FlagsAndUnread) {
  press("F");
  EXPECT_EQ(line(1).substr(0, 6), " NF ~ ");
  press("F N");
  EXPECT_EQ(line(1).substr(0, 4), "    ");
  press("N");
  EXPECT_EQ(line(1).substr(0, 3), " N ");
}

TEST_F(MessageCommands, InTheReader) {
  press("Enter d");
  EXPECT_EQ(client().reader->id(), second);
  press("d d");
  EXPECT_FALSE(client().reader.has_value());
  EXPECT_EQ(client().list.count(), 0u);
  press("d");
}

TEST_F(MessageCommands, TheOutbox) {
  press("o");
  EXPECT_EQ(status_line(), " the outbox is empty");
  sync::Outgoing mail = plan();
  mail.draft = sync::Drafts(store).save(0, "To: bob@y.test\nSubject: Plan\n\ntext", kNow);
  actions.send(mail, clock / 1000);
  hear(sync::FoldersChanged{});
  client().acted();
  EXPECT_NE(press("o").find("│ Plan"), std::string::npos);
  press("Enter e");
  ASSERT_TRUE(client().writing.has_value());
  EXPECT_EQ(client().writing->composer.letter().text, "text");
}

}  // namespace
}  // namespace mua::screen
