#include "imapd/listing_news.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

struct Row {
  mailstore::MailboxId id;
  std::string name;
  bool subscribed = false;
};

Listing listing(const std::vector<Row>& rows, std::vector<std::string> lost = {}) {
  Listing result;
  for (const auto& row : rows) {
    Visible visible;
    visible.account = 1;
    visible.info.id = row.id;
    visible.info.name = row.name;
    visible.info.subscribed = row.subscribed;
    result.mailboxes.push_back(visible);
  }
  result.lost = std::move(lost);
  return result;
}

// "name", "-name" for one that is gone, "old>new", each with "s" behind it for subscriptions
std::string told(const Listing& before, const Listing& after) {
  std::string text;
  for (const auto& news : compare(before, after)) {
    if (!text.empty()) text += ' ';
    if (!news.exists) text += '-';
    if (!news.old_name.empty()) text += news.old_name + ">";
    text += news.mailbox.info.name;
    if (news.subscription) text += news.name ? "+s" : " s";
  }
  return text;
}

TEST(ListingNews, IsSilentWhenNothingChanged) {
  auto same = listing({{1, "INBOX", true}, {2, "a/b"}}, {"gone"});
  EXPECT_EQ(told(same, same), "");
}

TEST(ListingNews, TellsWhatWasMadeAndItsParent) {
  EXPECT_EQ(told(listing({{1, "INBOX"}}), listing({{1, "INBOX"}, {2, "new"}})), "new");
  EXPECT_EQ(told(listing({{1, "a"}}), listing({{1, "a"}, {2, "a/b"}})), "a a/b");
}

TEST(ListingNews, TellsWhatIsGone) {
  EXPECT_EQ(told(listing({{1, "a"}, {2, "a/b"}}), listing({{1, "a"}})), "a -a/b");
  EXPECT_EQ(told(listing({{2, "a/b"}}), listing({})), "-a -a/b");
}

TEST(ListingNews, KnowsTheLevelsAboveMailboxesOfOthers) {
  auto before = listing({});
  auto after = listing({{2, "Other Users/bob/x"}});
  after.levels = {"Other Users", "Other Users/bob"};
  EXPECT_EQ(told(before, after), "Other Users/bob Other Users/bob/x");
  EXPECT_EQ(told(after, before), "-Other Users/bob -Other Users/bob/x");
}

TEST(ListingNews, TellsARenameByItsIdAndNotItsChildren) {
  auto before = listing({{1, "old"}, {2, "old/x"}, {3, "old/x/y"}, {4, "older"}});
  auto after = listing({{1, "new"}, {2, "new/x"}, {3, "new/x/y"}, {4, "older"}});
  EXPECT_EQ(told(before, after), "old>new");
}

TEST(ListingNews, TellsAChildThatWentItsOwnWay) {
  auto before = listing({{1, "old"}, {2, "old/x"}});
  auto after = listing({{1, "new"}, {2, "else"}});
  EXPECT_EQ(told(before, after), "old/x>else old>new");
}

TEST(ListingNews, TellsWhatWasMadeAnewUnderItsName) {
  EXPECT_EQ(told(listing({{1, "a"}}), listing({{2, "a"}})), "a");
}

TEST(ListingNews, TellsSubscriptions) {
  EXPECT_EQ(told(listing({{1, "a"}}), listing({{1, "a", true}})), "a s");
  EXPECT_EQ(told(listing({{1, "a", true}}), listing({{1, "a"}})), "a s");
  EXPECT_EQ(told(listing({}), listing({}, {"nowhere"})), "-nowhere s");
  // The subscription stays with the name when the mailbox goes.
  EXPECT_EQ(told(listing({{1, "a", true}}), listing({}, {"a"})), "-a");
  EXPECT_EQ(told(listing({{1, "a", true}}), listing({})), "-a+s");
}

}  // namespace
}  // namespace imapd
