#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mua/sync/people.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(CmdContacts, ThoseWhoBeginSo) {
  LocalTrial trial;
  sync::People people(trial.store);
  people.note({"Bob Miller", {"bob", "y.test"}}, sync::People::Met::kSeen, 1);
  people.note({"Carol", {"carol", "y.test"}}, sync::People::Met::kWrittenTo, 1);
  EXPECT_EQ(trial.mua({"contacts"}, {}).out, "Carol <carol@y.test>\nBob Miller <bob@y.test>\n");
  EXPECT_EQ(trial.mua({"contacts", "mil", "--json"}, {}).out,
            "[{\"name\":\"Bob Miller\",\"address\":\"bob@y.test\"}]\n");
  EXPECT_EQ(trial.mua({"contacts", "zoe"}, {}).code, 3);
}

TEST(CmdContacts, SaysWhereTheyComeFrom) {
  LocalTrial trial;
  EXPECT_THAT(trial.mua({"contacts"}, {}).err, testing::HasSubstr("mua sync"));
}

}  // namespace
}  // namespace mua
