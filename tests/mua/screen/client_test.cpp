#include "mua/screen/client.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ClientTest : public ClientTrial {};

TEST_F(ClientTest, TheList) {
  three();
  folders.set_counts(inbox, {3, 3});
  hear(sync::LinkChanged{sync::Link::kLive, "", "", 0});
  EXPECT_EQ(picture(),
            " INBOX  3 unread of 3                                  alice@example.test  live\n"
            " N    14 Nov 22:16 Ann                  third subject\n"
            " N    14 Nov 22:15 Ann                  second subject\n"
            " N    14 Nov 22:14 Ann                  first subject\n" +
                std::string(19, '\n') +
                " Enter read  m write  r reply  d delete  / find  c folder  ? keys\n");
  EXPECT_EQ(wire.shown, inbox);
}

TEST_F(ClientTest, ReadsAndMarksAsRead) {
  three();
  give_text(third, "Hello alice,\r\nall is well.\r\n");
  EXPECT_EQ(press("Enter"),
            " INBOX  2 unread of 3                               alice@example.test  offline\n"
            " From: Ann <ann@x.test>\n"
            " To: Bob Miller <bob@y.test>\n"
            " Subject: third subject\n"
            "\n"
            " Hello alice,\n"
            " all is well.\n" +
                std::string(16, '\n') + " q back  r reply  g all  f forward  d delete  ? keys\n");
  EXPECT_EQ(wire.journal, 1);
  EXPECT_NE(press("q").find("\n    ~ 14 Nov 22:16 Ann"), std::string::npos);
}

TEST_F(ClientTest, WaitsForATextWithoutWaiting) {
  three();
  EXPECT_NE(press("Enter").find("fetching the text…"), std::string::npos);
  EXPECT_EQ(wire.texts, std::vector<sync::MessageId>{third});
  give_text(third, "here\r\n");
  EXPECT_NE(hear(sync::TextReady{third}).find("\n here\n"), std::string::npos);
}

TEST_F(ClientTest, TreeAndPreviewOnLargeTerminals) {
  screen.resize({60, 200});
  three();
  give_text(third, "Hello alice\r\n");
  picture();
  clock += 200;
  EXPECT_EQ(line(1),
            " INBOX                 3 │ N    14 Nov 22:16 Ann                   third subject"
            "                                 │ From: Ann <ann@x.test>");
  EXPECT_NE(line(5).find("Hello alice"), std::string::npos);
  EXPECT_EQ(line(2).substr(0, 6), " Trash");
}

TEST_F(ClientTest, SaysWhatAKeyIsFor) {
  three();
  press("x");
  EXPECT_EQ(status_line(), " x means nothing here; ? lists the keys");
  client().command("nonsense");
  EXPECT_EQ(status_line(), " there is no command \"nonsense\"; ? lists them");
  client().command("send");
  EXPECT_EQ(status_line(), " send means nothing here");
}

TEST_F(ClientTest, TheLinkIsAlwaysTold) {
  three();
  hear(sync::LinkChanged{sync::Link::kOffline, "mail.example.test:993: connection refused", "", 0});
  EXPECT_EQ(status_line(), " mail.example.test:993: connection refused");
  EXPECT_TRUE(line(0).ends_with("offline"));
  hear(sync::LinkChanged{sync::Link::kRefused, "the login was refused", "Run mua setup", 0});
  EXPECT_EQ(status_line(), " the login was refused. Run mua setup");
  hear(sync::Progress{sync::Progress::What::kSync, inbox, 40, 100});
  EXPECT_TRUE(status_line().ends_with("syncing [####......] 40%"));
  hear(sync::Progress{sync::Progress::What::kSync, inbox, 100, 100});
  EXPECT_FALSE(status_line().ends_with("%"));
}

TEST_F(ClientTest, NewMailRings) {
  three();
  press("Home");
  const auto id = put(4, "fresh");
  hear(sync::NewMail{inbox, {id}});
  EXPECT_EQ(screen.rung, 1);
  EXPECT_EQ(status_line(), " 1 new in INBOX");
  EXPECT_NE(line(1).find("fresh"), std::string::npos);
  EXPECT_EQ(client().list.current()->id, third);
}

TEST_F(ClientTest, DraftsAreSavedEveryFiveSeconds) {
  press("m");
  type("bob@y.test");
  EXPECT_TRUE(sync::Drafts(store).all().empty());
  clock += 5'000;
  take();
  ASSERT_EQ(sync::Drafts(store).all().size(), 1u);
  EXPECT_EQ(letter_from_text(sync::Drafts(store).all()[0].content).to, "bob@y.test");
  EXPECT_LE(client().wait_ms(), 5'000);
  type(", x");
  client().save_all();
  ASSERT_EQ(sync::Drafts(store).all().size(), 1u);
}

TEST_F(ClientTest, GreetsWithWhatWasLeft) {
  sync::Drafts(store).save(0, "Subject: x\n\n", kNow);
  client().greet();
  EXPECT_EQ(status_line(), " a letter was begun and not sent; e goes on writing it");
}

TEST_F(ClientTest, ClicksAndWheel) {
  three();
  picture();
  screen.put(Mouse{Mouse::Action::kClick, {2, 30}});
  take();
  EXPECT_EQ(client().list.current()->id, second);
  screen.put(Mouse{Mouse::Action::kClick, {2, 30}});
  take();
  EXPECT_TRUE(client().reader.has_value());
  screen.put(Mouse{Mouse::Action::kWheelDown, {2, 30}});
  take();
}

TEST_F(ClientTest, APastedTextIsNoCommand) {
  three();
  screen.put(Pasted{"dddq"});
  take();
  EXPECT_EQ(client().list.count(), 3u);
  EXPECT_FALSE(client().ended());
}

TEST_F(ClientTest, AFailedSendIsTold) {
  sync::Outgoing mail;
  mail.sender = "alice@example.test";
  mail.recipients = {"bob@y.test"};
  mail.subject = "Plan";
  mail.content = "x";
  mail.message_id = "<m@example.test>";
  const auto entry = actions.send(mail, clock / 1000);
  picture();
  EXPECT_EQ(status_line(), " sending \"Plan\" in 10 s; u takes it back");
  clock += 11'000;
  journal.move(entry, sync::EntryState::kRunning);
  journal.fail(entry, "550 no such user", "Correct the address.");
  hear(sync::JournalChanged{entry});
  EXPECT_EQ(status_line(), " Plan: 550 no such user. Correct the address.");
  clock += 20'000;
  take();
  EXPECT_EQ(status_line(), " not sent: Plan; o shows why");
}

}  // namespace
}  // namespace mua::screen
