#include "mua/screen/plain.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class PlainTest : public ClientTrial {
 protected:
  PlainTest() { three(); }

  Plain& plain() {
    if (!plain_) {
      plain_.emplace(client(), [this](const std::string& text) { told += text + "\n"; });
      plain_->begin();
    }
    return *plain_;
  }
  /// What is told of a line.
  std::string line(const std::string& typed) {
    plain();
    told.clear();
    plain().take(typed);
    return told;
  }
  bool tells(const std::string& typed, const std::string& text) {
    return line(typed).find(text) != std::string::npos;
  }

  std::string told;

 private:
  std::optional<Plain> plain_;
};

TEST_F(PlainTest, TheListIsNumbered) {
  plain();
  EXPECT_NE(told.find("INBOX: 3 messages\n1. unread, Ann: third subject, "), std::string::npos)
      << told;
  EXPECT_NE(told.find("\n3. unread, Ann: first subject, "), std::string::npos) << told;
  EXPECT_EQ(plain().prompt(), "> ");
}

TEST_F(PlainTest, ReadsByNumberNameAndKey) {
  give_text(second, "the text\r\n");
  EXPECT_TRUE(tells("2", "Subject: second subject"));
  EXPECT_NE(told.find("the text"), std::string::npos);
  EXPECT_TRUE(tells("back", ""));
  EXPECT_TRUE(tells("k", "1. unread"));
  EXPECT_TRUE(tells("open", "fetching the text"));
  give_text(third, "it came\r\n");
  told.clear();
  client().hear(sync::TextReady{third});
  plain().announce();
  EXPECT_NE(told.find("it came"), std::string::npos);
}

TEST_F(PlainTest, OfWhatOneWroteItSaysToWhom) {
  put_into(folders.require("Sent"), 7, "the plan");
  EXPECT_TRUE(tells("folder Sent", "1. unread, Bob Miller: the plan")) << told;
}

TEST_F(PlainTest, WhatSealsComeToIsTold) {
  give_text(third, "text\r\n");
  line("1");
  told.clear();
  client().reader->say_of_seals("signed or encrypted; looking at it…");
  plain().announce();
  EXPECT_EQ(told, "");
  client().reader->say_of_seals("good signature by Ann");
  plain().announce();
  EXPECT_EQ(told, "good signature by Ann\n");
}

TEST_F(PlainTest, DeletesAndTakesItBack) {
  EXPECT_TRUE(tells("1-2 delete", "deleted 2 messages; u takes it back"));
  EXPECT_EQ(client().list.count(), 1u);
  EXPECT_TRUE(tells("u", "taken back"));
  EXPECT_EQ(client().list.count(), 3u);
  EXPECT_TRUE(tells("delete 3", "deleted 1 message"));
  EXPECT_TRUE(tells("7 delete", "there are 2 messages here"));
}

TEST_F(PlainTest, AnswersWhatIsAsked) {
  EXPECT_TRUE(tells("folder", "Open folder\n1. INBOX, 3 unread\n2. Trash"));
  EXPECT_EQ(plain().prompt(), "number, or nothing: ");
  EXPECT_TRUE(tells("2", "Trash: 0 messages"));
  EXPECT_TRUE(tells("search", ""));
  EXPECT_EQ(plain().prompt(), "/");
}

TEST_F(PlainTest, FindsAndSaysHowMany) {
  line("search first");
  told.clear();
  client().hear(sync::Found{wire.searches, sync::Found::From::kServer, {first}, false, ""});
  plain().announce();
  EXPECT_NE(told.find("found 1 of first\n1. unread, Ann: first subject"), std::string::npos)
      << told;
  EXPECT_TRUE(tells("back", "INBOX: 3 messages"));
}

TEST_F(PlainTest, WritesALetterLineByLine) {
  EXPECT_TRUE(tells("compose", "A letter."));
  EXPECT_EQ(plain().prompt(), "To: ");
  line("bob@y.test");
  EXPECT_EQ(plain().prompt(), "Subject: ");
  line("Ferry");
  line("");
  line("It is at ten.");
  line("");
  line("Alice here.");
  EXPECT_TRUE(tells(".", "send"));
  EXPECT_EQ(plain().prompt(), "letter> ");
  EXPECT_TRUE(tells("show", "To: bob@y.test\nSubject: Ferry\n"));
  EXPECT_NE(told.find("It is at ten.\n\nAlice here.\n"), std::string::npos);
  EXPECT_NE(told.find("-- \nAlice\nof Example"), std::string::npos);
  line("subject Ferry at ten");
  EXPECT_TRUE(tells("send", "sending \"Ferry at ten\" in 10 seconds; u takes it back")) << told;
  ASSERT_EQ(client().outbox.size(), 1u);
  EXPECT_EQ(client().outbox[0].label, "Ferry at ten");
  EXPECT_FALSE(client().writing);
}

TEST_F(PlainTest, RepliesWithWhatIsKnown) {
  give_text(third, "how are you?\r\n");
  line("1");
  EXPECT_TRUE(tells("reply", "To: Ann <ann@x.test>"));
  EXPECT_NE(told.find("Subject: Re: third subject"), std::string::npos);
  line("");
  line("Well.");
  line(".");
  EXPECT_TRUE(tells("show", "> how are you?"));
  EXPECT_TRUE(tells("close", ""));
  EXPECT_TRUE(tells("d", ""));
  EXPECT_FALSE(client().writing);
}

TEST_F(PlainTest, TellsWhatHappensMeanwhile) {
  plain();
  told.clear();
  const auto id = put(4, "fresh");
  client().hear(sync::NewMail{inbox, {id}});
  client().hear(sync::LinkChanged{sync::Link::kOffline, "x.test: connection refused", "", 0});
  plain().announce();
  EXPECT_NE(told.find("new: Ann: fresh"), std::string::npos) << told;
  EXPECT_NE(told.find("offline: x.test: connection refused"), std::string::npos);
}

TEST_F(PlainTest, QuitsAndSaysWhatItDoesNotKnow) {
  EXPECT_TRUE(tells("nonsense", "there is no command \"nonsense\" here"));
  line("quit");
  EXPECT_TRUE(client().ended());
}

TEST_F(PlainTest, NothingIsPaintedWithLinesOrColours) {
  give_text(third, "> quoted\r\ntext\r\n");
  plain();
  std::string all = told;
  for (const char* typed : {"1", "back", "help", "", "folder", "", "list", "compose"})
    all += line(typed);
  EXPECT_EQ(all.find('\033'), std::string::npos);
  for (const char* sign : {"│", "─", "┌", "└", "█"})
    EXPECT_EQ(all.find(sign), std::string::npos) << sign;
}

}  // namespace
}  // namespace mua::screen
