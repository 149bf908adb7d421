#include "mua/screen/client.hpp"

#include <random>

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

// Whatever is pressed, the screen is painted and nobody falls over. Keys that leave the process
// (suspend) and names of files are not among them.
TEST_F(ClientTest, AnyKeysAtAll) {
  three();
  give_text(third, "one\r\n> two\r\nhttps://x.test\r\n");
  give_attachment(second, "report.pdf");
  const std::vector<std::string> keys{
      "j",   "k",    "Enter", "Esc", "q",     "m", "r",   "g",  "f",    "d",         "u",
      "a",   "F",    "N",     "T",   "Space", "/", "n",   "l",  "c",    "L",         "h",
      "e",   "o",    "*",     "?",   ":",     "b", "Tab", "Up", "Down", "Backspace", "C-x",
      "C-o", "C-s",  "C-k",   "C-u", "C-w",   "y", "x",   "가", "PgDn", "PgUp",      "Home",
      "End", "Left", "Right", "M-q", "M-u",   "|", "k",   "i",  "C-p",  "$",         "Delete"};
  std::minstd_rand random(4711);
  for (int i = 0; i < 300; ++i) {
    if (i % 30 == 0)
      screen.resize({static_cast<int>(random() % 60), static_cast<int>(random() % 200)});
    clock += static_cast<std::int64_t>(random() % 2'000);
    press(keys[random() % keys.size()]);
    ASSERT_EQ(screen.shown().size().rows, std::max(screen.size().rows, 1));
  }
}

TEST_F(ClientTest, WithoutAKeyForSomeMinutesNobodyIsThere) {
  client().tick();
  EXPECT_TRUE(wire.present);
  clock += 5 * 60'000;
  client().tick();
  EXPECT_FALSE(wire.present);
  press("j");
  EXPECT_TRUE(wire.present);
}

}  // namespace
}  // namespace mua::screen
