#include "mua/screen/layout.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(Layout, GrowsWithTheTerminal) {
  const Layout small = layout_of({24, 80}, Pane::kList);
  EXPECT_EQ(small.list, (Area{1, 0, 22, 80}));
  EXPECT_EQ(small.folders.columns, 0);
  EXPECT_EQ(layout_of({24, 80}, Pane::kReader).reader, (Area{1, 0, 22, 80}));
  EXPECT_EQ(layout_of({24, 80}, Pane::kReader).list.columns, 0);
  const Layout middle = layout_of({40, 110}, Pane::kList);
  EXPECT_EQ(middle.folders, (Area{1, 0, 38, 26}));
  EXPECT_EQ(middle.list, (Area{1, 26, 38, 84}));
  EXPECT_EQ(middle.reader.columns, 0);
  EXPECT_EQ(layout_of({40, 109}, Pane::kList).folders.columns, 0);
  EXPECT_EQ(layout_of({40, 159}, Pane::kList).reader.columns, 0);
  EXPECT_GT(layout_of({40, 160}, Pane::kList).reader.columns, 0);
  const Layout wide = layout_of({60, 200}, Pane::kList);
  EXPECT_EQ(wide.list, (Area{1, 26, 58, 87}));
  EXPECT_EQ(wide.reader, (Area{1, 114, 58, 86}));
  EXPECT_EQ(layout_of({60, 200}, Pane::kLetter).letter, (Area{1, 26, 58, 174}));
}

TEST(Layout, HasRoomForSomethingEverywhere) {
  for (const Size size : {Size{1, 1}, Size{2, 10}, Size{3, 3}}) {
    EXPECT_GE(layout_of(size, Pane::kList).list.rows, 1);
  }
}

}  // namespace
}  // namespace mua::screen
