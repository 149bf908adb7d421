#include "mua/sync/people.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class PeopleTest : public StoreTrial {
 protected:
  People people{store};
};

TEST_F(PeopleTest, CompletesByAddressNameAndWord) {
  people.note({"Ann Miller", {"ann", "x.test"}}, People::Met::kSeen, kNow);
  people.note({"Änne", {"ae", "x.test"}}, People::Met::kSeen, kNow);
  const Person ann{"Ann Miller", "ann@x.test"};
  EXPECT_EQ(people.complete("AN", 9), std::vector<Person>{ann});
  EXPECT_EQ(people.complete("mil", 9), std::vector<Person>{ann});
  EXPECT_EQ(people.complete("än", 9).size(), 1u);
  EXPECT_TRUE(people.complete("ill", 9).empty());
  EXPECT_TRUE(people.complete("%", 9).empty());
  EXPECT_EQ(people.complete("", 9).size(), 2u);
}

TEST_F(PeopleTest, ThoseWrittenToComeFirstAndNamesStay) {
  for (int i = 0; i < 5; ++i) people.note({"Seen", {"a1", "x"}}, People::Met::kSeen, kNow);
  people.note({"Written", {"a2", "x"}}, People::Met::kWrittenTo, kNow);
  people.note({"", {"A2", "x"}}, People::Met::kSeen, kNow);
  const auto found = people.complete("a", 9);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0], (Person{"Written", "a2@x"}));
  people.note({"nobody", {}}, People::Met::kSeen, kNow);
  EXPECT_EQ(people.complete("", 9).size(), 2u);
}

}  // namespace
}  // namespace mua::sync
