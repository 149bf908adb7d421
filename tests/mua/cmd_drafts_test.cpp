#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mua/sync/drafts.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdDrafts, ListsShowsAndDiscards) {
  LocalTrial trial;
  const auto id =
      std::to_string(sync::Drafts(trial.store)
                         .save(0, "To: bob@y.test\nSubject: begun\n\nthe text\n", 1'700'000'000));
  EXPECT_THAT(trial.mua({"drafts"}, {}).out, HasSubstr("begun\n"));
  EXPECT_THAT(trial.mua({"drafts", "--json"}, {}).out, HasSubstr("\"to\":\"bob@y.test\""));
  EXPECT_THAT(trial.mua({"drafts", "show", id}, {}).out, HasSubstr("the text"));
  EXPECT_EQ(trial.mua({"drafts", "discard", id}, {}).code, 0);
  EXPECT_EQ(trial.mua({"drafts"}, {}).out, "");
  EXPECT_EQ(trial.mua({"drafts", "show", id}, {}).code, 3);
}

}  // namespace
}  // namespace mua
