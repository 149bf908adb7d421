#include "mua/screen/letter_commands.hpp"

#include <fstream>

#include "mail/header.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class LetterCommands : public ClientTrial {
 protected:
  LetterCommands() { three(); }
  Letter letter() { return client().writing->composer.letter(); }
  void write_one() {
    press("m");
    type("bob@y.test");
    press("Enter Enter Enter");
    type("Plan");
    press("Enter");
    type("Hello bob.");
  }
};

TEST_F(LetterCommands, WritesAndSends) {
  write_one();
  EXPECT_EQ(
      picture(),
      " Letter                                             alice@example.test  offline\n"
      " From:    Alice <alice@example.test>\n"
      " To:      bob@y.test\n"
      " Cc:\n"
      " Bcc:\n"
      " Subject: Plan\n" +
          [] {
            std::string rule;
            for (int i = 0; i < 80; ++i) rule += "─";
            return rule;
          }() +
          "\n Hello bob.\n\n --\n Alice\n of Example\n" + std::string(11, '\n') +
          " ^X send  ^T attach  ^O $EDITOR  ^S postpone  Esc close  ^G keys\n");
  press("C-x");
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_EQ(status_line(), " sending \"Plan\" in 10 s; u takes it back");
  ASSERT_EQ(client().outbox.size(), 1u);
  const sync::Entry entry = client().outbox[0];
  EXPECT_EQ(entry.recipients, std::vector<std::string>{"bob@y.test"});
  const std::string content = journal.content(entry.id);
  EXPECT_EQ(mail::field_value(content, "Subject"), "Plan");
  EXPECT_NE(content.find("\r\nHello bob.\r\n\r\n-- \r\nAlice\r\nof Example\r\n"),
            std::string::npos);
}

TEST_F(LetterCommands, UndoOpensItAgain) {
  write_one();
  press("C-x u");
  ASSERT_TRUE(client().writing.has_value());
  EXPECT_EQ(letter().to, "bob@y.test");
  EXPECT_EQ(letter().text.substr(0, 10), "Hello bob.");
  EXPECT_TRUE(client().outbox.empty());
}

TEST_F(LetterCommands, WaitsAsLongAsTheSettingsSay) {
  client().world.undo = std::chrono::seconds(90);
  write_one();
  press("C-x");
  EXPECT_EQ(status_line(), " sending \"Plan\" in 90 s; u takes it back");
  clock += 30'000;
  EXPECT_EQ(status_line(), " sending \"Plan\" in 60 s; u takes it back");
}

TEST_F(LetterCommands, GoesAtOnceWhereNothingIsToBeTakenBack) {
  client().world.undo = std::chrono::seconds(0);
  press("d");
  clock += 1'000;
  write_one();
  press("C-x");
  const auto entry = journal.next_to_send(clock);
  ASSERT_TRUE(entry);
  journal.move(entry->id, sync::EntryState::kRunning);
  press("u");
  EXPECT_EQ(status_line(), " \"Plan\" is gone; u again takes back what was done before");
  EXPECT_EQ(client().list.count(), 2u);
  press("u");
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(LetterCommands, AsksWhereSomethingMayBeForgotten) {
  press("m C-x");
  EXPECT_EQ(status_line(), " nobody is to get it yet: fill in To");
  type("bob");
  press("C-x");
  EXPECT_EQ(status_line(), " \"bob\" is no mail address");
  type("@y.test");
  press("C-x");
  EXPECT_EQ(status_line(), " no subject: send it anyway? (y/n)");
  press("n");
  EXPECT_TRUE(client().writing.has_value());
  press("C-x y");
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_EQ(client().outbox.size(), 1u);
}

TEST_F(LetterCommands, Replies) {
  give_text(third, "How are you?\r\n");
  press("r");
  EXPECT_EQ(letter().to, "Ann <ann@x.test>");
  EXPECT_EQ(letter().subject, "Re: third subject");
  EXPECT_NE(letter().text.find("> How are you?\n"), std::string::npos);
  type("Well.");
  press("C-x");
  const std::string content = journal.content(client().outbox.at(0).id);
  EXPECT_EQ(mail::field_value(content, "In-Reply-To"), "<3@x.test>");
}

TEST_F(LetterCommands, RepliesOnceTheTextIsHere) {
  press("r");
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_EQ(wire.texts, std::vector<sync::MessageId>{third});
  EXPECT_EQ(status_line(), " the text is on its way…");
  give_text(third, "How are you?\r\n");
  hear(sync::TextReady{third});
  ASSERT_TRUE(client().writing.has_value());
  EXPECT_NE(letter().text.find("> How are you?\n"), std::string::npos);
}

TEST_F(LetterCommands, ATextThatIsNotThereAfterAllIsAskedForOnceMoreAtMost) {
  press("r");
  hear(sync::TextReady{third});
  hear(sync::TextReady{third});
  EXPECT_EQ(wire.texts, (std::vector<sync::MessageId>{third, third}));
  EXPECT_FALSE(client().writing.has_value());
}

TEST_F(LetterCommands, ATextThatDoesNotComeIsTold) {
  press("r");
  hear(sync::BodyFailed{third, "", "no connection"});
  EXPECT_EQ(status_line(), " the text could not be fetched: no connection");
}

TEST_F(LetterCommands, WhoDoesSomethingElseMeanwhileIsLeftAlone) {
  press("r j");
  give_text(third, "How are you?\r\n");
  hear(sync::TextReady{third});
  EXPECT_FALSE(client().writing.has_value());
}

TEST_F(LetterCommands, ForwardsWithAttachments) {
  give_attachment(third, "report.pdf");
  press("f");
  EXPECT_EQ(letter().subject, "Fwd: third subject");
  type("bob@y.test");
  press("C-x");
  EXPECT_EQ(status_line(), " attachments are on their way; send again in a moment");
  bodies.append(third, "2", "PDF", sync::Bodies::Piece::kLast);
  press("C-x");
  ASSERT_EQ(client().outbox.size(), 1u);
  EXPECT_NE(journal.content(client().outbox[0].id).find("report.pdf"), std::string::npos);
}

TEST_F(LetterCommands, BouncesAsItIs) {
  press("b");
  type("bob");
  press("Enter");
  EXPECT_EQ(status_line(), " \"bob\" is no mail address");
  press("b");
  type("bob@y.test");
  press("Enter");
  ASSERT_EQ(wire.parts.size(), 1u);
  EXPECT_EQ(wire.parts[0].second, "");
  bodies.append(third, "", "From: ann@x.test\r\nSubject: as it is\r\n\r\ntext\r\n",
                sync::Bodies::Piece::kLast);
  hear(sync::PartReady{third, ""});
  const std::string content = journal.content(client().outbox.at(0).id);
  EXPECT_EQ(client().outbox.at(0).recipients, std::vector<std::string>{"bob@y.test"});
  EXPECT_EQ(mail::field_value(content, "Resent-To"), "bob@y.test");
  EXPECT_EQ(mail::field_value(content, "From"), "ann@x.test");
  EXPECT_TRUE(content.ends_with("Subject: as it is\r\n\r\ntext\r\n"));
}

TEST_F(LetterCommands, Attaches) {
  const std::string path = (folder / "a.txt").string();
  std::ofstream(path) << "content of a";
  write_one();
  client().command("attach " + path);
  EXPECT_NE(picture().find("[1 a.txt]"), std::string::npos);
  press("C-x");
  EXPECT_NE(journal.content(client().outbox.at(0).id).find("a.txt"), std::string::npos);
  press("u");
  client().command("detach");
  press("Enter");
  EXPECT_TRUE(letter().enclosures.empty());
}

TEST_F(LetterCommands, AttachesOnlyWhatIsThere) {
  std::ofstream(folder / "minutes.txt") << "we met";
  write_one();
  client().command("attach " + (folder / "minute.txt").string());
  EXPECT_TRUE(letter().enclosures.empty());
  EXPECT_EQ(status_line(), " there is no file " + (folder / "minute.txt").string());
  press("Esc");
  client().command("command");
  type("attach " + (folder / "minu").string());
  press("Tab");
  EXPECT_TRUE(status_line().ends_with("/minutes.txt")) << status_line();
  press("Enter");
  EXPECT_EQ(letter().enclosures.size(), 1u);
}

TEST_F(LetterCommands, TheEditorGetsTheText) {
  write_one();
  press("C-o");
  ASSERT_EQ(ran.size(), 1u);
  EXPECT_EQ(ran[0].words.find("${VISUAL:-${EDITOR:-vi}} '"), 0u);
  EXPECT_EQ(letter().text.substr(0, 10), "Hello bob.");
  status = 1;
  press("C-o");
  EXPECT_EQ(status_line(), " the editor ended with 1; the text is as it was");
  client().world.editor = "ed -s";
  press("C-o");
  EXPECT_EQ(ran.at(2).words.find("ed -s '"), 0u);
}

TEST_F(LetterCommands, KeepsOrDiscards) {
  write_one();
  press("Esc k");
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_EQ(sync::Drafts(store).all().size(), 1u);
  EXPECT_NE(press("e").find("│ Plan"), std::string::npos);
  press("Enter");
  EXPECT_EQ(letter().subject, "Plan");
  type("x");
  press("Esc d");
  EXPECT_TRUE(sync::Drafts(store).all().empty());
  press("m Esc");
  EXPECT_FALSE(client().writing.has_value());
}

TEST_F(LetterCommands, PostponesToTheServer) {
  const auto folder = folders.require("Drafts");
  hear(sync::FoldersChanged{});
  write_one();
  press("C-s");
  EXPECT_FALSE(client().writing.has_value());
  const auto unfinished = journal.unfinished();
  ASSERT_EQ(unfinished.size(), 1u);
  EXPECT_EQ(unfinished[0].action, sync::Action::kAppend);
  EXPECT_EQ(unfinished[0].folder, folder);
  EXPECT_TRUE(sync::Drafts(store).all().empty());
}

}  // namespace
}  // namespace mua::screen
