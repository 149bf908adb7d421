#include "mailstore/content_places.hpp"

#include <gtest/gtest.h>

#include "account_fixture.hpp"
#include "mailstore/view_cache.hpp"

namespace mailstore {
namespace {

using Uids = std::vector<Uid>;

TEST(ContentPlaces, FindsContentsAndWhatIsNotCovered) {
  ContentPlaces places;
  places.add(50, 1);
  places.add(20, 2);
  places.add(1ll << 33, 3);
  places.add(20, 4);  // a copy in the same mailbox
  places.finish(4);
  EXPECT_EQ(places.uids_of({}, 1ll << 40), Uids{});
  EXPECT_EQ(places.uids_of({20, 30}, 1ll << 40), (Uids{2, 4}));
  EXPECT_EQ(places.uids_of({20}, 40), (Uids{1, 2, 3, 4}));
  EXPECT_EQ(places.uids_of({20, 1ll << 33}, 60), (Uids{2, 3, 4}));
}

struct ContentPlacesTest : AccountTest {};

TEST_F(ContentPlacesTest, ReadsOnlyWhatCameSince) {
  add_many(inbox(), 1200);
  view(inbox());  // so that a view is kept, and the places beside it
  const auto places = content_places(account(), inbox());
  EXPECT_EQ(places->up_to(), 1200u);
  EXPECT_EQ(content_places(account(), inbox()), places);
  move_messages(account(), inbox(), {{3, 3}}, inbox()).value();
  const auto later = content_places(account(), inbox());
  EXPECT_EQ(later->up_to(), 1201u);
  EXPECT_EQ(later->uids_of({3}, INT64_MAX - 1), (Uids{3, 1201})) << "3 has vanished; views know";
}

}  // namespace
}  // namespace mailstore
