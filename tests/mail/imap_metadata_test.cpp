#include "mail/imap_metadata.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(ImapMetadata, OptionsStandBeforeTheMailboxOrAfterIt) {
  for (const char* text : {"(MAXSIZE 1024 DEPTH infinity) INBOX (/shared/a /private/b)",
                           "INBOX (MAXSIZE 1024 DEPTH infinity) (/shared/a /private/b)",
                           "(depth INFINITY maxsize 1024) INBOX (\"/shared/a\" /private/b)"}) {
    const auto get = parse_get_metadata(text);
    ASSERT_TRUE(get) << text << ": " << get.error().reason;
    EXPECT_EQ(get->mailbox, "INBOX");
    EXPECT_EQ(get->max_size, 1024u);
    EXPECT_EQ(get->depth, MetadataDepth::kAll);
    EXPECT_EQ(get->entries, (std::vector<std::string>{"/shared/a", "/private/b"}));
  }
}

TEST(ImapMetadata, OneEntryNeedsNoParentheses) {
  EXPECT_EQ(parse_get_metadata("\"\" /shared/comment")->entries.size(), 1u);
  EXPECT_EQ(parse_get_metadata("INBOX (\"/shared/comment\")")->entries.size(), 1u);
  EXPECT_EQ(parse_get_metadata("INBOX /private/comment /shared/comment")->entries.size(), 2u);
}

TEST(ImapMetadata, RefusesWhatIsNoGet) {
  for (const char* text :
       {"", "INBOX", "INBOX ()", "INBOX comment", "(DEPTH 2) INBOX /shared/a", "() INBOX /shared/a",
        "INBOX (/shared/a", "(SIZE 1) INBOX /shared/a", "INBOX (/shared/a) x"})
    EXPECT_FALSE(parse_get_metadata(text)) << text;
}

TEST(ImapMetadata, ValuesAreStringsOfAnyOctetsOrNil) {
  using namespace std::string_literals;
  const auto set =
      parse_set_metadata("INBOX (/private/a NIL /shared/b \"nil\" /shared/c ~{2}\r\n\0x)"s);
  ASSERT_TRUE(set) << set.error().reason;
  EXPECT_EQ(set->values[0].second, std::nullopt);
  EXPECT_EQ(set->values[1].second, "nil");
  EXPECT_EQ(set->values[2].second, "\0x"s);
  for (const char* text : {"INBOX ()", "INBOX (/private/a)", "INBOX /private/a \"x\"",
                           "INBOX (/private/a atom)", "INBOX (/private \"x\")"})
    EXPECT_FALSE(parse_set_metadata(text)) << text;
}

TEST(ImapMetadata, EntryNames) {
  for (const char* good : {"/private/comment", "/SHARED/Vendor/pabal/x", "/shared/a b"})
    EXPECT_TRUE(is_settable_entry(good)) << good;
  for (const char* bad : {"/private", "/shared/vendor", "/shared/vendor/pabal", "/privatex/a",
                          "/other/a", "shared/a", "/shared/a/", "/shared//a", "/shared/*",
                          "/shared/a%", "/shared/\xc3\xa9", "/shared/\x01", ""})
    EXPECT_FALSE(is_settable_entry(bad)) << bad;
  EXPECT_TRUE(is_metadata_entry("/private")) << "to ask for all below it";
  EXPECT_TRUE(is_private_entry("/Private/x"));
  EXPECT_FALSE(is_private_entry("/privately/x"));
}

}  // namespace
}  // namespace mail
