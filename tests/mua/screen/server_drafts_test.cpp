#include "mua/screen/server_drafts.hpp"

#include "mail/header.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ServerDrafts : public ClientTrial {
 protected:
  ServerDrafts() {
    three();
    drafts = folders.require("Drafts");
    begin_writing();
  }
  void begin_writing() {
    press("m");
    type("bob@y.test");
    press("Enter Enter Enter");
    type("Plan");
    press("Enter");
    type("Hello");
  }
  std::vector<sync::Entry> entries() {
    std::vector<sync::Entry> out;
    for (const sync::Entry& entry : journal.unfinished()) {
      if (entry.action == sync::Action::kAppend) out.push_back(entry);
    }
    return out;
  }
  std::string content() { return journal.content(entries().at(0).id); }
  void minute() {
    clock += 60'000;
    picture();
  }
  sync::FolderId drafts = 0;
};

TEST_F(ServerDrafts, EveryMinuteOfWriting) {
  EXPECT_TRUE(entries().empty());
  minute();
  ASSERT_EQ(entries().size(), 1u);
  EXPECT_EQ(entries()[0].folder, drafts);
  EXPECT_NE(content().find("\r\nHello\r\n"), std::string::npos);
  const std::string id = entries()[0].message_id;
  EXPECT_EQ(mail::field_value(content(), "Message-ID"), id);
  minute();
  EXPECT_EQ(entries().size(), 1u);
  type(" again");
  minute();
  // What the server was not told yet is not told any more.
  ASSERT_EQ(entries().size(), 1u);
  EXPECT_EQ(entries()[0].message_id, id);
  EXPECT_NE(content().find("\r\nHello again\r\n"), std::string::npos);
  press("C-x");
  EXPECT_EQ(client().outbox.at(0).message_id, id);
}

TEST_F(ServerDrafts, KeptWhenItIsClosed) {
  press("Esc k");
  EXPECT_EQ(entries().size(), 1u);
  EXPECT_EQ(sync::Drafts(store).all().size(), 1u);
  press("e Enter");
  EXPECT_EQ(client().writing->composer.letter().message_id, entries()[0].message_id);
}

TEST_F(ServerDrafts, Discarded) {
  minute();
  press("Esc d");
  EXPECT_FALSE(client().writing.has_value());
  ASSERT_EQ(entries().size(), 1u);
  EXPECT_EQ(entries()[0].label, "remove a draft");
  EXPECT_EQ(content(), "");
  EXPECT_TRUE(sync::Drafts(store).all().empty());
}

TEST_F(ServerDrafts, WhatIsToBeEncryptedStaysHere) {
  press("M-e");
  minute();
  EXPECT_TRUE(entries().empty());
  press("C-s");
  EXPECT_EQ(status_line(), " kept here, not in Drafts: it is to be encrypted. e goes on");
  EXPECT_EQ(sync::Drafts(store).all().size(), 1u);
}

TEST_F(ServerDrafts, AnAddressBeingTypedWaits) {
  press("C-Home Up Up Up Up");
  type(", ann");
  minute();
  EXPECT_TRUE(entries().empty());
}

TEST_F(ServerDrafts, OfACopyOnTheServerTheOneHereIsOpened) {
  press("Esc k");
  const std::string id = entries().at(0).message_id;
  mail::imap::Fetched copy = message(7, "Plan");
  copy.envelope->message_id = id;
  const auto there = writer.put(drafts, copy);
  give_text(*there, "an older text\r\n");
  client().open_folder(drafts);
  press("e");
  EXPECT_NE(client().writing->composer.letter().text.find("Hello"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen
