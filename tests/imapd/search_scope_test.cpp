#include "imapd/search_scope.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

using Mailboxes = mail::SearchSource::Mailboxes;

Visible numbered(mailstore::MailboxId id, std::string name) {
  Visible visible;
  visible.account = 1;
  visible.info.id = id;
  visible.info.name = std::move(name);
  return visible;
}

std::vector<Visible> all() {
  std::vector<Visible> made{numbered(1, "INBOX"), numbered(2, "a"),  numbered(3, "a/b"),
                            numbered(4, "a/b/c"), numbered(5, "ab"), numbered(6, "Other Users/x")};
  made[2].info.subscribed = true;
  made[4].info.selectable = false;
  made[5].personal = false;
  return made;
}

std::string names(std::vector<mail::SearchSource> sources, MailboxKey selected = {}) {
  std::string list;
  for (const auto& each : searched_mailboxes(all(), sources, selected)) {
    list += (list.empty() ? "" : " ") + each.info.name;
  }
  return list;
}

TEST(SearchScope, IsWhatTheSourcesSay) {
  EXPECT_EQ(names({{Mailboxes::kInboxes, {}}}), "INBOX");
  EXPECT_EQ(names({{Mailboxes::kPersonal, {}}}), "INBOX a a/b a/b/c");
  EXPECT_EQ(names({{Mailboxes::kSubscribed, {}}}), "a/b");
  EXPECT_EQ(names({{Mailboxes::kSubtree, {"a"}}}), "a a/b a/b/c");
  EXPECT_EQ(names({{Mailboxes::kSubtreeOne, {"a"}}}), "a a/b");
  EXPECT_EQ(names({{Mailboxes::kNamed, {"a", "a/b/c"}}}), "a a/b/c");
  EXPECT_EQ(names({{Mailboxes::kSelected, {}}}, {1, 3}), "a/b");
}

TEST(SearchScope, NamesAMailboxOnce) {
  EXPECT_EQ(names({{Mailboxes::kNamed, {"a", "a"}}, {Mailboxes::kSubtreeOne, {"a"}}}), "a a/b");
}

TEST(SearchScope, PassesOverWhatCantBeSearched) {
  EXPECT_EQ(names({{Mailboxes::kNamed, {"ab", "nowhere"}}}), "");
  auto shared = all();
  shared[5].readable = false;
  EXPECT_TRUE(
      searched_mailboxes(shared, {{Mailboxes::kNamed, {"Other Users/x"}}}, MailboxKey{}).empty());
}

}  // namespace
}  // namespace imapd
