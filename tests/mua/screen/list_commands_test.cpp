#include "mua/screen/list_commands.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ListCommands : public ClientTrial {
 protected:
  ListCommands() { three(); }
};

TEST_F(ListCommands, MoveAndRead) {
  press("j j j");
  EXPECT_EQ(status_line(), " this is the last message");
  EXPECT_EQ(client().list.current()->id, first);
  press("k Enter");
  EXPECT_EQ(client().reader->id(), second);
  press("k");
  EXPECT_EQ(client().reader->id(), third);
  press("q Tab");
  EXPECT_EQ(client().list.current()->id, first);
  press("Home");
  EXPECT_EQ(client().list.cursor(), 0u);
  press("End");
  EXPECT_EQ(client().list.cursor(), 2u);
}

TEST_F(ListCommands, SearchesAsYouType) {
  press("/");
  EXPECT_EQ(status_line(), " /");
  type("fi");
  EXPECT_EQ(wire.searches, 0u);
  type("rs");
  EXPECT_EQ(wire.searches, 2u);
  EXPECT_NE(line(0).find("INBOX  /firs  0 found, searching…"), std::string::npos);
  hear(sync::Found{2, sync::Found::From::kLocal, {first}, false, ""});
  EXPECT_NE(line(1).find("first subject"), std::string::npos);
  hear(sync::Found{1, sync::Found::From::kLocal, {second}, false, ""});
  EXPECT_EQ(client().list.count(), 1u);
  hear(sync::Found{2, sync::Found::From::kServer, {third}, false, ""});
  EXPECT_EQ(client().list.count(), 2u);
  press("Enter");
  EXPECT_NE(line(0).find("INBOX  /firs  2 found "), std::string::npos);
  press("n Esc");
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(ListCommands, EscLeavesASearch) {
  press("/");
  type("subject");
  press("Esc");
  EXPECT_FALSE(client().list.query());
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(ListCommands, Limits) {
  press("l");
  type("is:unread");
  press("Enter");
  EXPECT_EQ(wire.searches, 1u);
  press("l C-u Enter");
  EXPECT_FALSE(client().list.query());
  press("l");
  type("is:what");
  press("Enter");
  EXPECT_EQ(status_line().substr(0, 19), " is:what is unknown");
}

TEST_F(ListCommands, MarksThreadsAndFolders) {
  press("Space Space");
  EXPECT_NE(line(0).find("2 marked"), std::string::npos);
  EXPECT_EQ(line(1).substr(0, 2), "*N");
  press("Esc T");
  EXPECT_NE(line(0).find("threads"), std::string::npos);
  press("c");
  type("tra");
  press("Enter");
  EXPECT_EQ(client().list.folder(), trash);
  EXPECT_EQ(wire.shown, trash);
  EXPECT_NE(line(2).find("no messages"), std::string::npos);
}

TEST_F(ListCommands, FindsInTheText) {
  give_text(third, "one\r\ntwo\r\n");
  press("Enter /");
  type("two");
  press("Enter");
  EXPECT_EQ(status_line().find("not found"), std::string::npos);
  press("/");
  type("three");
  press("Enter");
  EXPECT_EQ(status_line(), " not found: three");
}

}  // namespace
}  // namespace mua::screen
