#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class LocalSchema : public StoreTrial {};

TEST_F(LocalSchema, CountsFollowWhateverChangesMessages) {
  const MessageId one = put(1), two = put(2, "re", {"1@x.test"});
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.unread(inbox), 2u);
  EXPECT_EQ(list.thread_count(inbox), 1u);
  store.database().run("UPDATE message SET flags = 1 WHERE id = ?", one);
  EXPECT_EQ(list.unread(inbox), 1u);
  EXPECT_EQ(list.threads(inbox, 0, 9).at(0).unread, 1u);
  store.database().run("UPDATE message SET folder = ? WHERE id = ?", trash, two);
  EXPECT_EQ(list.count(inbox), 1u);
  EXPECT_EQ(list.count(trash), 1u);
  EXPECT_EQ(list.threads(inbox, 0, 9).at(0).newest.id, one);
  store.database().run("DELETE FROM message");
  EXPECT_EQ(list.count(inbox) + list.unread(inbox) + list.thread_count(inbox), 0u);
  EXPECT_EQ(list.count(trash) + list.thread_count(trash), 0u);
}

TEST_F(LocalSchema, BodiesGoWithTheirMessage) {
  const MessageId one = put(1);
  bodies.keep_structure(one, {});
  bodies.append(one, "1", "text", Bodies::Piece::kLast);
  store.database().run("DELETE FROM message");
  EXPECT_FALSE(bodies.structure(one));
  EXPECT_FALSE(bodies.has(one, "1"));
}

}  // namespace
}  // namespace mua::sync
