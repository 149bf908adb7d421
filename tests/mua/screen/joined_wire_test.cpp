#include "mua/screen/joined_wire.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

TEST(JoinedWire, AsksTheAccountOfTheId) {
  RecordingWire one, two;
  const std::int64_t first = std::int64_t{1} << sync::kStoreShift;
  const std::int64_t second = std::int64_t{2} << sync::kStoreShift;
  JoinedWire wire({{1, first + 7, one}, {2, second + 9, two}});
  wire.want_text(second + 3);
  EXPECT_TRUE(one.texts.empty());
  EXPECT_EQ(two.texts, std::vector<sync::MessageId>{second + 3});
  wire.show(first + 1);
  EXPECT_EQ(one.shown, first + 1);
  EXPECT_EQ(two.shown, 0);
  wire.show(sync::kAllInboxes);
  EXPECT_EQ(one.shown, first + 7);
  EXPECT_EQ(two.shown, second + 9);
  wire.search(5, sync::kAllInboxes, {});
  EXPECT_EQ(one.searches, 5u);
  EXPECT_EQ(two.searches, 5u);
  wire.search(6, second + 1, {});
  EXPECT_EQ(one.searches, 5u);
  EXPECT_EQ(two.searches, 6u);
  wire.want_part(first + 1, "2");
  EXPECT_EQ(one.parts.size(), 1u);
  wire.journal_changed();
  wire.reconnect();
  EXPECT_EQ(one.journal + two.journal + one.reconnects + two.reconnects, 4);
}

}  // namespace
}  // namespace mua::screen
