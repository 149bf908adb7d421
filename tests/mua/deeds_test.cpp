#include "mua/deeds.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

class DeedsTest : public testing::Test {
 protected:
  DeedsTest() {
    account_.address = "ann@x.test";
    account_.settings = folder_ / "mua.toml";
  }
  tests::TemporaryFolder folder_;
  Account account_;
};

TEST_F(DeedsTest, TheLastComesFirst) {
  EXPECT_FALSE(Deeds(account_).last());
  note(account_,
       deed_of({{{"INBOX", 7, 4}, {"Trash", 8, 1}}, {{"INBOX", 7, 5}, {"Trash", 8, 0}}}, "delete"));
  Deed flagged;
  flagged.label = "flag 1 message";
  flagged.flagged = {{{"INBOX", 7, 4}, {mail::kSeen, {}}, {0, {"$work"}}}};
  note(account_, flagged);
  Deeds deeds(account_);
  EXPECT_EQ(deeds.last()->flagged, flagged.flagged);
  deeds.forget_last();
  ASSERT_TRUE(deeds.last());
  EXPECT_EQ(deeds.last()->label, "delete 2 messages");
  EXPECT_EQ(deeds.last()->moved, (std::vector<Deed::MovedBack>{{{"Trash", 8, 1}, "INBOX"}}));
  deeds.forget_last();
  EXPECT_FALSE(deeds.last());
}

TEST_F(DeedsTest, FollowsWhatIsMoved) {
  Deed flagged;
  flagged.flagged = {{{"INBOX", 7, 4}, {}, {mail::kFlagged, {}}}};
  note(account_, flagged);
  const Moves away{{{"INBOX", 7, 4}, {"Trash", 8, 1}}}, back{{{"Trash", 8, 1}, {"INBOX", 7, 9}}};
  note(account_, deed_of(away, "delete"), away);
  Deeds deeds(account_);
  deeds.forget_last();
  EXPECT_EQ(deeds.last()->flagged.at(0).message, (MessageRef{"Trash", 8, 1}));
  deeds.follow(back);
  EXPECT_EQ(deeds.last()->flagged.at(0).message, (MessageRef{"INBOX", 7, 9}));
  deeds.follow({{{"INBOX", 7, 9}, {"Archive", 9, 0}}});
  EXPECT_EQ(deeds.last()->flagged.at(0).message, (MessageRef{"INBOX", 7, 9})) << "nobody knows";
}

TEST_F(DeedsTest, IsReadableByTheOwnerAloneAndMayBeBroken) {
  note(account_, deed_of({{{"INBOX", 7, 4}, {"Trash", 8, 1}}}, "delete"));
  const auto file = folder_ / "mua-store/ann@x.test.deeds";
  struct stat status {};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  std::filesystem::resize_file(file, 10);
  EXPECT_FALSE(Deeds(account_).last());
}

TEST(FlagsBack, OnlyWhatChangedIsTakenBack) {
  const auto back = flags_back({"INBOX", 7, 4}, {mail::kSeen | mail::kFlagged, {"old"}},
                               {mail::kSeen | mail::kAnswered, {"new"}}, {mail::kFlagged, {"Old"}});
  EXPECT_EQ(back.set, (mail::FlagSet{mail::kFlagged, {"Old"}}));
  EXPECT_EQ(back.clear, (mail::FlagSet{mail::kAnswered, {"new"}}));
}

}  // namespace
}  // namespace mua
