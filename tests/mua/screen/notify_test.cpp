#include "mua/screen/notify.hpp"

#include <gtest/gtest.h>

#include "conf/table_reader.hpp"
#include "mua/screen/memory_screen.hpp"

namespace mua::screen {
namespace {

const Arrival kOne{"alice@example.test", "INBOX", 1, "Ann Miller", "Ferry"};

class NotifyTest : public testing::Test {
 protected:
  void tell(const NotifySettings& settings, const Arrival& arrival, bool desktop = true) {
    const auto start = [this](const Background& program) { started.push_back(program); };
    Notifier(settings, screen, start, desktop).tell(arrival);
  }

  MemoryScreen screen{{24, 80}};
  std::vector<Background> started;
};

TEST_F(NotifyTest, ABellUnlessToldOtherwise) {
  tell({}, kOne);
  EXPECT_EQ(screen.rung, 1);
  EXPECT_TRUE(started.empty());
  tell({.bell = false}, kOne);
  EXPECT_EQ(screen.rung, 1);
}

TEST_F(NotifyTest, OnlyOfTheFoldersMeant) {
  tell({}, {"a@x.test", "Junk", 1, "x", "y"});
  EXPECT_EQ(screen.rung, 0);
  tell({.folders = {"*"}}, {"a@x.test", "Junk", 1, "x", "y"});
  EXPECT_EQ(screen.rung, 1);
}

TEST_F(NotifyTest, TheDesktopByNotifySend) {
  tell({.bell = false, .desktop = true}, {"a@x.test", "INBOX", 1, "-x", "--help"});
  ASSERT_EQ(started.size(), 1u);
  const auto& words = started[0].words;
  EXPECT_EQ(words.front(), "notify-send");
  ASSERT_GE(words.size(), 3u);
  EXPECT_EQ(words[words.size() - 3], "--") << "what others wrote is no option";
  EXPECT_EQ(words.back(), "--help");
  EXPECT_TRUE(screen.notes.empty());
}

TEST_F(NotifyTest, ElseByTheTerminal) {
  tell({.bell = false, .desktop = true}, kOne, false);
  EXPECT_EQ(screen.notes, std::vector<std::string>{"Ann Miller|Ferry"});
  tell({.bell = false, .desktop = true}, {"a", "INBOX", 3, "Ann", "Last"}, false);
  EXPECT_EQ(screen.notes.back(), "3 new in INBOX|Ann: Last");
}

TEST_F(NotifyTest, ACommandHasTheFacts) {
  tell({.command = "ding"}, kOne);
  ASSERT_EQ(started.size(), 1u);
  EXPECT_EQ(started[0].words, (std::vector<std::string>{"/bin/sh", "-c", "ding"}));
  EXPECT_EQ(started[0].variables.at(3),
            (std::pair<std::string, std::string>{"MUA_FROM", "Ann Miller"}));
}

TEST(Notify, SettingsAreChecked) {
  const toml::table table = toml::parse(
      "[notify]\nbell = false\ndesktop = true\ncommand = \"x\"\nfolders = [\"INBOX\", "
      "\"Lists\"]\n");
  conf::Source source{"mua.toml"};
  conf::TableReader reader(&table, "", source);
  EXPECT_EQ(read_notify(reader.section("notify")),
            (NotifySettings{false, true, "x", {"INBOX", "Lists"}}));
  const toml::table wrong = toml::parse("[notify]\nbel = true\n");
  conf::TableReader other(&wrong, "", source);
  EXPECT_THROW(read_notify(other.section("notify")), conf::SettingsError);
}

TEST(Notify, ForALine) {
  EXPECT_EQ(arrival_text(kOne), "new: Ann Miller: Ferry");
  EXPECT_EQ(arrival_text({"a", "INBOX", 2, "Ann", "Last"}), "2 new in INBOX: Ann: Last");
  EXPECT_EQ(arrival_text({"a", "Lists", 1, "Ann", "Last"}), "new in Lists: Ann: Last");
}

TEST(TerminalNote, ByTheTerminalsKind) {
  EXPECT_EQ(terminal_note("xterm-256color", "a;b", "c"), "\033]777;notify;a,b;c\033\\");
  EXPECT_EQ(terminal_note("xterm-kitty", "a", "c"),
            "\033]99;i=mua:d=0;a\033\\\033]99;i=mua:p=body;c\033\\");
}

}  // namespace
}  // namespace mua::screen
