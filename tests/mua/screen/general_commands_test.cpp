#include "mua/screen/general_commands.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class GeneralCommands : public ClientTrial {
 protected:
  GeneralCommands() { three(); }
};

TEST_F(GeneralCommands, HelpIsSearchedAndRun) {
  const std::string text = press("?");
  EXPECT_NE(text.find("Keys and commands"), std::string::npos);
  EXPECT_NE(text.find("│ C-n, j, Down next"), std::string::npos);
  type("trash");
  EXPECT_NE(picture().find("d            delete"), std::string::npos);
  press("Enter");
  EXPECT_EQ(client().list.count(), 2u);
}

TEST_F(GeneralCommands, TypedCommandsAreCompleted) {
  press(":");
  type("del");
  press("Tab");
  EXPECT_EQ(status_line(), " :delete");
  press("Enter");
  EXPECT_EQ(client().list.count(), 2u);
  press("C-p");
  type("undo");
  press("Enter");
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(GeneralCommands, QuitGoesOutStepByStep) {
  press("Enter q");
  EXPECT_FALSE(client().reader.has_value());
  EXPECT_FALSE(client().ended());
  press("q");
  EXPECT_TRUE(client().ended());
}

TEST_F(GeneralCommands, QuitAsksAboutTheOutbox) {
  const auto entry = actions.send(plan(), clock / 1000);
  press("q");
  EXPECT_EQ(status_line().substr(0, 20), " 1 to send: s sends ");
  press("s");
  EXPECT_FALSE(client().ended());
  EXPECT_LE(journal.find(entry)->not_before, clock);
  journal.move(entry, sync::EntryState::kRunning);
  journal.move(entry, sync::EntryState::kHanding);
  journal.move(entry, sync::EntryState::kSent);
  journal.move(entry, sync::EntryState::kDone);
  hear(sync::JournalChanged{entry});
  EXPECT_TRUE(client().ended());
}

TEST_F(GeneralCommands, RefreshAsksTheServer) {
  press("$");
  EXPECT_EQ(wire.reconnects, 1);
  press("C-l");
  EXPECT_EQ(screen.left, 1);
}

}  // namespace
}  // namespace mua::screen
