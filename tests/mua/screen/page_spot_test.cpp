#include "mua/screen/page_spot.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

const std::vector<Line> kPage{
    {"[1 a.pdf 2 KB] [2 파발.png 3 KB]", Tone::kChip, 0},
    {"See https://ferry.example.test/may, or [2].", Tone::kText, 0},
    {"https://long.example.test/first-", Tone::kText, 0},
    {"half-and-second-half", Tone::kText, 0},
    {"[2] https://listed.example.test/", Tone::kDim, 0},
};
const std::vector<std::string> kLinks{"https://ferry.example.test/may",
                                      "https://long.example.test/first-half-and-second-half",
                                      "https://listed.example.test/"};

TEST(PageSpot, FindsAttachments) {
  EXPECT_EQ(chip_at(kPage, {0, 0}), 1u);
  EXPECT_EQ(chip_at(kPage, {0, 13}), 1u);
  EXPECT_EQ(chip_at(kPage, {0, 20}), 2u);
  EXPECT_FALSE(chip_at(kPage, {0, 60}));
  EXPECT_FALSE(chip_at(kPage, {1, 40})) << "text that only looks so";
  EXPECT_FALSE(chip_at(kPage, {9, 0}));
}

TEST(PageSpot, FindsLinksWholeBrokenAndByNumber) {
  EXPECT_EQ(link_at(kPage, {1, 10}, kLinks), kLinks[0]);
  EXPECT_EQ(link_at(kPage, {2, 3}, kLinks), kLinks[1]);
  EXPECT_EQ(link_at(kPage, {3, 3}, kLinks), kLinks[1]);
  EXPECT_EQ(link_at(kPage, {1, 40}, kLinks), kLinks[2]);
  EXPECT_FALSE(link_at(kPage, {1, 1}, kLinks)) << "See";
  EXPECT_FALSE(link_at(kPage, {1, 70}, kLinks));
  EXPECT_FALSE(link_at({}, {0, 0}, kLinks));
}

}  // namespace
}  // namespace mua::screen
