#include "mua/sync/drafts.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class DraftsTest : public StoreTrial {
 protected:
  Drafts drafts{store};
};

TEST_F(DraftsTest, AreSavedAgainAndAgain) {
  const DraftId one = drafts.save(0, "a", kNow);
  const DraftId two = drafts.save(0, "b", kNow + 1);
  EXPECT_EQ(drafts.save(one, "a more", kNow + 2), one);
  const auto all = drafts.all();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].content, "a more");
  drafts.remove(two);
  EXPECT_FALSE(drafts.find(two));
  EXPECT_EQ(LocalStore(store.file()).database().integer("SELECT count(*) FROM draft"), 1);
}

}  // namespace
}  // namespace mua::sync
