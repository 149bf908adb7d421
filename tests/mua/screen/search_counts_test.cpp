#include "mua/screen/search_counts.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class SearchCountsTest : public ClientTrial {
 protected:
  SearchCountsTest() {
    three();
    put_into(folders.require("Lists"), 1, "third elsewhere");
  }
  void save(std::vector<SavedSearch> searches) {
    client().world.saved_searches = std::move(searches);
    later();
  }
  /// What is counted aside is taken up, and seen.
  std::string later() {
    clock += 2'000;
    take();
    return picture();
  }
};

TEST_F(SearchCountsTest, StandBesideTheName) {
  screen.resize({30, 120});
  save({{"Thirds", "subject:third", ""}, {"Here", "third", "INBOX"}, {"None", "nowhere", ""}});
  later();
  EXPECT_EQ(line(26).substr(0, 28), " Thirds                2 │");
  EXPECT_EQ(line(27).substr(0, 28), " Here                  1 │");
  EXPECT_EQ(line(28).substr(0, 28), " None                    │");
  EXPECT_NE(press("c").find("2 unread, search: subject:third"), std::string::npos);
}

TEST_F(SearchCountsTest, FollowWhatIsDoneAndWhatComes) {
  save({{"Here", "third", "INBOX"}});
  later();
  EXPECT_EQ(client().search_counts.text("Here"), "1");
  press("N");
  later();
  EXPECT_EQ(client().search_counts.text("Here"), "");
  const auto id = put(9, "a third again");
  hear(sync::NewMail{inbox, {id}});
  later();
  EXPECT_EQ(client().search_counts.text("Here"), "1");
}

TEST_F(SearchCountsTest, AreNotCountedAtEveryKey) {
  save({{"Here", "third", "INBOX"}});
  put(9, "a third again");
  client().search_counts.changed();
  press("j");
  EXPECT_EQ(client().search_counts.text("Here"), "1");
  EXPECT_LE(client().wait_ms(), 2'000);
  later();
  EXPECT_EQ(client().search_counts.text("Here"), "2");
}

TEST_F(SearchCountsTest, OfAFolderThatIsGoneThereAreNone) {
  save({{"Lost", "third", "No such folder"}});
  later();
  EXPECT_EQ(client().search_counts.text("Lost"), "");
}

}  // namespace
}  // namespace mua::screen
