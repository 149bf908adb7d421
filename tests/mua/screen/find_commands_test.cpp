#include "mua/screen/find_commands.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class FindCommands : public ClientTrial {
 protected:
  FindCommands() { three(); }

  std::string found(std::vector<sync::MessageId> messages,
                    sync::Found::From from = sync::Found::From::kServer) {
    return hear(sync::Found{wire.searches, from, std::move(messages), false, ""});
  }
};

TEST_F(FindCommands, AllFoldersAreSearched) {
  const auto other = put_into(folders.require("Lists"), 1, "elsewhere");
  client();
  press("M-/");
  type("ann");
  EXPECT_FALSE(wire.searched);
  const std::string seen = found({first, other});
  EXPECT_NE(seen.find("All folders  /ann  2 found"), std::string::npos) << seen;
  EXPECT_NE(seen.find("Lists"), std::string::npos) << "where it is stands beside it";
  EXPECT_NE(seen.find("elsewhere"), std::string::npos);
}

TEST_F(FindCommands, ThatThereAreMoreIsSaid) {
  client().command("search subject");
  hear(sync::Found{wire.searches, sync::Found::From::kLocal, {first, second}, true, ""});
  EXPECT_NE(line(0).find("/subject  2+ found, searching…"), std::string::npos) << line(0);
  client().command("search first");
  found({first});
  EXPECT_NE(line(0).find("/first  1 found "), std::string::npos) << line(0);
}

TEST_F(FindCommands, TabTurnsToAllFoldersAndBack) {
  press("/");
  EXPECT_NE(line(22).find("Tab: all folders"), std::string::npos);
  type("subject");
  EXPECT_EQ(wire.searched, inbox);
  press("Tab");
  EXPECT_NE(status_line().find("subject:"), std::string::npos) << "it begins a pattern first";
  press("Backspace");
  type(" ");
  press("Tab");
  EXPECT_TRUE(status_line().starts_with(" all folders /subject"));
  EXPECT_FALSE(wire.searched);
  press("Tab");
  EXPECT_TRUE(status_line().starts_with(" /subject"));
  EXPECT_EQ(wire.searched, inbox);
}

TEST_F(FindCommands, ATextOnItsWayIsSearchedOnceItIsHere) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(i) + "\r\n";
  press("Enter /");
  type("line 70");
  press("Enter");
  EXPECT_EQ(status_line(), " the text is on its way…");
  give_text(third, text);
  EXPECT_NE(hear(sync::TextReady{third}).find("line 70\n"), std::string::npos);
  EXPECT_EQ(status_line().find("on its way"), std::string::npos) << status_line();
}

TEST_F(FindCommands, WhatATextOnItsWayHasNotIsSaidOnceItIsHere) {
  press("Enter /");
  type("text");  // the words that say it is fetched don't count
  press("Enter");
  EXPECT_EQ(status_line(), " the text is on its way…");
  give_text(third, "nothing of it\r\n");
  hear(sync::TextReady{third});
  EXPECT_EQ(status_line(), " not found: text");
}

TEST_F(FindCommands, MarksByPattern) {
  press(":");
  type("mark subject:first");
  press("Enter");
  EXPECT_EQ(wire.searched, inbox);
  found({first}, sync::Found::From::kLocal);
  EXPECT_EQ(status_line(), " 1 marked, asking the server…");
  found({first, second});
  EXPECT_EQ(status_line(), " 2 marked");
  EXPECT_FALSE(client().list.query()) << "the list stays";
  press("d");
  EXPECT_EQ(status_line(), " deleted 2 messages; u takes it back");
  EXPECT_EQ(client().list.count(), 1u);
  press("u");
  EXPECT_EQ(client().list.count(), 3u);
}

TEST_F(FindCommands, MarksOnlyWhatIsShown) {
  press("l");
  type("subject");
  press("Enter");
  found({first});
  client().command("mark is:unread");
  found({first, second});
  EXPECT_EQ(client().list.marked().size(), 1u);
  client().command("unmark");
  EXPECT_TRUE(client().list.marked().empty());
  client().command("mark after:never");
  EXPECT_NE(status_line().find("is no date"), std::string::npos) << status_line();
}

TEST_F(FindCommands, ASearchIsKeptAmongTheFolders) {
  screen.resize({30, 120});
  std::vector<SavedSearch> kept;
  client().world.keep_search = [&](const SavedSearch& search) { kept.push_back(search); };
  press("l");
  type("from:ann");
  press("Enter");
  found({first, second});
  client().command("save-search From Ann");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0], (SavedSearch{"From Ann", "from:ann", "INBOX"}));
  std::string seen = picture();
  EXPECT_NE(seen.find("Searches"), std::string::npos);
  EXPECT_NE(seen.find("From Ann  from:ann  2 found"), std::string::npos) << seen;
  press("Esc");
  client().command("folder From Ann");
  EXPECT_EQ(client().list.query(), "from:ann");
  press("Esc c");
  EXPECT_NE(screen.text().find("search: from:ann"), std::string::npos);
  press("Esc");
  std::string gone;
  client().world.forget_search = [&](const std::string& name) { gone = name; };
  client().command("forget-search From Ann");
  EXPECT_EQ(gone, "From Ann");
  EXPECT_EQ(picture().find("Searches"), std::string::npos);
}

TEST_F(FindCommands, ASavedSearchIsOpenedByTheMouse) {
  screen.resize({30, 120});
  client().world.saved_searches = {{"Everything of Ann", "from:ann", ""}};
  picture();
  screen.put(Mouse{Mouse::Action::kClick, {28, 5}});
  take();
  EXPECT_EQ(client().list.query(), "from:ann");
  EXPECT_EQ(client().list.scope(), Scope::kEverywhere);
  EXPECT_FALSE(wire.searched);
}

TEST_F(FindCommands, WhatLeftTheFolderItWasFoundInIsNoResult) {
  const auto other = put_into(folders.require("Lists"), 1, "elsewhere");
  client().command("search-all ann");
  found({first, other});
  client().list.go_to_message(other);
  press("d");
  EXPECT_EQ(client().list.count(), 1u);
  press("u");
  EXPECT_EQ(client().list.count(), 2u) << "it is where it was found again";
}

TEST_F(FindCommands, TheTreeOfALargeTerminal) {
  screen.resize({60, 200});
  client().world.saved_searches = {{"From Ann", "from:ann", ""}};
  picture();
  EXPECT_EQ(line(57).substr(0, 28), " Searches                │");
  EXPECT_EQ(line(58).substr(0, 28), " From Ann              3 │");
  client().open_saved(SavedSearch(client().world.saved_searches[0]));
  found({third, first});
  EXPECT_TRUE(line(0).starts_with(" From Ann  from:ann  2 found ")) << line(0);
  EXPECT_NE(line(1).find("│ N    14 Nov 22:16 Ann                   INBOX      third subject"),
            std::string::npos)
      << line(1);
  EXPECT_NE(line(2).find("first subject"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen
