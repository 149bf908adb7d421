#include "mua/screen/client.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ClientEvents : public ClientTrial {};

TEST_F(ClientEvents, WaitsForATextWithoutWaiting) {
  three();
  EXPECT_NE(press("Enter").find("fetching the text…"), std::string::npos);
  EXPECT_EQ(wire.texts, std::vector<sync::MessageId>{third});
  give_text(third, "here\r\n");
  EXPECT_NE(hear(sync::TextReady{third}).find("\n here\n"), std::string::npos);
}

TEST_F(ClientEvents, TheLinkIsAlwaysTold) {
  three();
  hear(sync::LinkChanged{sync::Link::kOffline, "mail.example.test:993: connection refused", "", 0});
  EXPECT_EQ(status_line(), " mail.example.test:993: connection refused");
  EXPECT_TRUE(line(0).ends_with("offline"));
  hear(sync::LinkChanged{sync::Link::kRefused, "the login was refused", "Run mua setup", 0});
  EXPECT_EQ(status_line(), " the login was refused. Run mua setup");
  hear(sync::Progress{sync::Progress::What::kSync, inbox, 40, 100});
  EXPECT_TRUE(status_line().ends_with("syncing INBOX [####......] 40%"));
  hear(sync::Progress{sync::Progress::What::kSync, inbox, 100, 100});
  EXPECT_FALSE(status_line().ends_with("%"));
}

TEST_F(ClientEvents, WhyTheServerIsGoneIsToldAtOnce) {
  three();
  hear(sync::LinkChanged{sync::Link::kLive, "", "", 0});
  press("d");
  EXPECT_EQ(status_line(), " deleted 1 message; u takes it back");
  hear(sync::LinkChanged{sync::Link::kOffline, "mail.example.test:993: reset", "", 0});
  EXPECT_EQ(status_line(), " mail.example.test:993: reset");
  press("u");
  hear(sync::LinkChanged{sync::Link::kConnecting, "", "", 0});
  hear(sync::LinkChanged{sync::Link::kOffline, "mail.example.test:993: reset", "", 0});
  EXPECT_EQ(status_line().substr(0, 12), " taken back:") << "only when it goes";
}

TEST_F(ClientEvents, OfWhatOneWaitsForThereAreBars) {
  using What = sync::Progress::What;
  three();
  const auto entry = actions.send(plan(), clock / 1000);
  journal.move(entry, sync::EntryState::kRunning);
  hear(sync::Progress{What::kSync, inbox, 1, 10});
  hear(sync::Progress{What::kSend, entry, 3, 10});
  EXPECT_TRUE(status_line().ends_with("sending [###.......] 30%"));
  hear(sync::Progress{What::kBody, third, 5, 10});
  EXPECT_TRUE(status_line().ends_with("fetching [#####.....] 50%"));
  hear(sync::PartReady{third, "2"});
  EXPECT_TRUE(status_line().ends_with("sending [###.......] 30%"));
  journal.postpone(entry, clock + 15'000, "the connection was lost");
  hear(sync::JournalChanged{entry});
  EXPECT_TRUE(status_line().ends_with("syncing INBOX [#.........] 10%")) << "it waits again";
}

TEST_F(ClientEvents, SeveralAccountsAreSearchedUntilAllHaveAnswered) {
  three();
  sync::LocalStore other(folder / "other.db");
  sync::Folders(other).require("INBOX");
  desks = {{store, {}}, {other, {}}};
  client().command("search-all subject");
  client().hear(sync::Found{wire.searches, sync::Found::From::kServer, {third}, false, ""}, 1);
  EXPECT_NE(line(0).find("searching"), std::string::npos);
  client().hear(sync::Found{wire.searches, sync::Found::From::kServer, {first}, false, ""}, 0);
  EXPECT_EQ(line(0).find("searching"), std::string::npos) << line(0);
}

TEST_F(ClientEvents, NewMailIsTold) {
  three();
  press("Home");
  std::vector<Arrival> told;
  client().world.notify = [&](const Arrival& arrival) { told.push_back(arrival); };
  const auto id = put(4, "fresh");
  hear(sync::NewMail{inbox, {id}});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].folder, "INBOX");
  EXPECT_EQ(told[0].subject, "fresh");
  EXPECT_EQ(told[0].count, 1u);
  EXPECT_EQ(status_line(), " new: Ann: fresh");
  EXPECT_NE(line(1).find("fresh"), std::string::npos);
  EXPECT_EQ(client().list.current()->id, third);
}

TEST_F(ClientEvents, WhatWasReadElsewhereIsNotTold) {
  three();
  picture();
  bool told = false;
  client().world.notify = [&](const Arrival&) { told = true; };
  const auto id = put(4, "read on the telephone");
  actions.flag(std::vector{id}, "\\Seen", sync::Actions::Change::kSet, clock / 1000);
  hear(sync::NewMail{inbox, {id}});
  EXPECT_FALSE(told);
  EXPECT_EQ(status_line().find("telephone"), std::string::npos);
}

TEST_F(ClientEvents, AFailedSendIsTold) {
  const auto entry = actions.send(plan(), clock / 1000);
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
