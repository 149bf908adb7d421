#include "mailstore/metadata.hpp"

#include "account_fixture.hpp"

namespace mailstore {
namespace {

using Depth = mail::MetadataDepth;

class MetadataTest : public AccountTest {
 protected:
  void set(const std::string& entry, std::optional<std::string> value, AccountId user = 7) {
    ASSERT_TRUE(set_metadata(account(), {inbox(), user}, {{entry, std::move(value)}}));
  }
  std::vector<std::string> read(const std::string& entry, Depth depth = Depth::kNone,
                                AccountId user = 7) {
    std::vector<std::string> found;
    for (const auto& each : read_metadata(account(), {inbox(), user}, entry, depth))
      found.push_back(each.entry + "=" + each.value.value_or("?"));
    return found;
  }
};

using Entries = std::vector<std::string>;

TEST_F(MetadataTest, NamesAreComparedWithoutCase) {
  set("/Private/Comment", "one");
  set("/private/comment", "two");
  EXPECT_EQ(read("/PRIVATE/COMMENT"), Entries{"/private/comment=two"});
  set("/private/comment", std::nullopt);
  EXPECT_EQ(read("/private/comment"), Entries{});
}

TEST_F(MetadataTest, PrivateIsEachUsersAndSharedIsAlls) {
  set("/private/comment", "mine");
  set("/shared/comment", "ours");
  EXPECT_EQ(read("/private/comment", Depth::kNone, 8), Entries{});
  EXPECT_EQ(read("/shared/comment", Depth::kNone, 8), Entries{"/shared/comment=ours"});
}

TEST_F(MetadataTest, GoesAsDeepAsAsked) {
  for (const char* entry :
       {"/shared/a", "/shared/a/b", "/shared/a/b/c", "/shared/a0", "/shared/a!"})
    set(entry, "x");
  EXPECT_EQ(read("/shared/a"), Entries{"/shared/a=x"});
  EXPECT_EQ(read("/shared/a", Depth::kChildren), (Entries{"/shared/a=x", "/shared/a/b=x"}));
  EXPECT_EQ(read("/shared/a", Depth::kAll),
            (Entries{"/shared/a=x", "/shared/a/b=x", "/shared/a/b/c=x"}));
}

TEST_F(MetadataTest, AllOrNone) {
  const std::string large(kMaxAnnotation + 1, 'x');
  const auto refused =
      set_metadata(account(), {inbox(), 7}, {{"/shared/a", "x"}, {"/shared/b", large}});
  EXPECT_EQ(refused.error(), Failure::kTooLarge);
  EXPECT_EQ(read("/shared", Depth::kAll), Entries{});
  EXPECT_EQ(set_metadata(account(), {999, 7}, {{"/shared/a", "x"}}).error(),
            Failure::kNoSuchMailbox);
}

TEST_F(MetadataTest, TooManyAreRefusedAndTracesMakeRoom) {
  std::vector<Annotation> many;
  for (std::int64_t i = 0; i < kMaxAnnotations; ++i)
    many.push_back({"/shared/" + std::to_string(i), "x"});
  ASSERT_TRUE(set_metadata(account(), {inbox(), 7}, many));
  EXPECT_EQ(set_metadata(account(), {inbox(), 7}, {{"/shared/more", "x"}}).error(),
            Failure::kOverQuota);
  set("/shared/0", std::nullopt);
  set("/shared/more", "x");
}

TEST_F(MetadataTest, ChangesAreToldWithRemovals) {
  const auto start = metadata_changes_since(account(), 7, UINT64_MAX).now;
  set("/private/a", "x");
  set("/private/b", "x", 8);
  set("/private/a", std::nullopt);
  const auto changes = metadata_changes_since(account(), 7, start);
  ASSERT_EQ(changes.changed.size(), 1u) << "others' private ones are not told";
  EXPECT_EQ(changes.changed[0].entry, "/private/a");
  EXPECT_EQ(changes.changed[0].mailbox, inbox());
  EXPECT_TRUE(metadata_changes_since(account(), 7, changes.now).changed.empty());
}

// Or what changes next would have a number that was told already.
TEST_F(MetadataTest, NumbersAscendThoughTheLastChangeIsGone) {
  const MailboxId plans = create_mailbox(account(), "Plans")->id;
  ASSERT_TRUE(set_metadata(account(), {plans, 7}, {{"/shared/a", "x"}}));
  const auto before = metadata_changes_since(account(), 7, UINT64_MAX).now;
  ASSERT_TRUE(delete_mailbox(account(), "Plans"));
  set("/shared/b", "x");
  EXPECT_EQ(metadata_changes_since(account(), 7, before).changed.size(), 1u);
}

TEST_F(MetadataTest, InboxKeepsItsOwnWhenRenamed) {
  set("/shared/a", "x");
  ASSERT_TRUE(rename_mailbox(account(), "INBOX", "Old"));
  EXPECT_EQ(read("/shared/a"), Entries{"/shared/a=x"});
  EXPECT_EQ(read_metadata(account(), {id("Old"), 7}, "/shared/a", Depth::kNone).size(), 1u);
}

}  // namespace
}  // namespace mailstore
