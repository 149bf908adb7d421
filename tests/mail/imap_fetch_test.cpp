#include "mail/imap_fetch.hpp"

#include <gtest/gtest.h>

namespace {

using mail::FetchAttribute;
using mail::FetchBody;

mail::FetchBody only_body(std::string_view arguments) {
  auto fetch = mail::parse_fetch(arguments);
  if (!fetch) throw std::runtime_error(fetch.error().reason);
  return std::get<FetchBody>(fetch->items.at(0));
}

TEST(ImapFetch, ResolvesMacros) {
  EXPECT_EQ(mail::parse_fetch("1 FAST")->items.size(), 3u);
  EXPECT_EQ(mail::parse_fetch("1 all")->items.size(), 4u);
  EXPECT_EQ(mail::parse_fetch("1 FULL")->items.size(), 5u);
  EXPECT_FALSE(mail::parse_fetch("1 (ALL)"));
}

TEST(ImapFetch, ReadsAttributes) {
  auto fetch = mail::parse_fetch("1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY MODSEQ)");
  ASSERT_TRUE(fetch);
  EXPECT_EQ(fetch->items.size(), 7u);
  EXPECT_EQ(std::get<FetchAttribute>(fetch->items[5]), FetchAttribute::kBody);
  EXPECT_EQ(std::get<FetchAttribute>(mail::parse_fetch("1 BODYSTRUCTURE")->items[0]),
            FetchAttribute::kBodyStructure);
}

TEST(ImapFetch, ReadsWhatExtensionsAdd) {
  auto fetch = mail::parse_fetch("1 (EMAILID THREADID SAVEDATE PREVIEW PREVIEW (LAZY) UID)");
  ASSERT_TRUE(fetch);
  EXPECT_EQ(fetch->items.size(), 6u);
  EXPECT_EQ(std::get<FetchAttribute>(fetch->items[4]), FetchAttribute::kPreview);
  EXPECT_TRUE(mail::parse_fetch("1 preview (lazy)"));
  EXPECT_EQ(mail::parse_fetch("1 PREVIEW (CHANGEDSINCE 5)")->changed_since, 5u);
  EXPECT_FALSE(mail::parse_fetch("1 PREVIEW (EAGER)"));
  EXPECT_FALSE(mail::parse_fetch("1 (PREVIEW (LAZY)"));
}

TEST(ImapFetch, ReadsSectionsAndWritesThemAgain) {
  for (std::string section : {"", "1", "1.2.3", "HEADER", "TEXT", "1.MIME", "4.1.HEADER", "2.TEXT",
                              "HEADER.FIELDS (From To)", "1.HEADER.FIELDS.NOT (\"a b\")"}) {
    EXPECT_EQ(mail::render_section(only_body("1 BODY[" + section + "]").section), section);
  }
}

TEST(ImapFetch, ReadsPartialsAndPeek) {
  auto body = only_body("7 (BODY.PEEK[]<0.65536>)");
  EXPECT_TRUE(body.peek);
  EXPECT_EQ(body.partial->offset, 0u);
  EXPECT_EQ(body.partial->length, 65536u);
  EXPECT_FALSE(only_body("7 BODY[]").peek);
}

TEST(ImapFetch, KnowsTheNamesOfRfc822) {
  EXPECT_EQ(only_body("1 RFC822").name, FetchBody::Name::kRfc822);
  EXPECT_TRUE(only_body("1 RFC822.HEADER").peek);
  EXPECT_FALSE(only_body("1 RFC822.TEXT").peek);
}

TEST(ImapFetch, ReadsBinary) {
  auto fetch = mail::parse_fetch("1 (BINARY[1.2]<3.4> BINARY.PEEK[] BINARY.SIZE[2])");
  ASSERT_TRUE(fetch);
  EXPECT_TRUE(mail::sets_seen(fetch->items[0]));
  EXPECT_FALSE(mail::sets_seen(fetch->items[1]));
  EXPECT_EQ(std::get<mail::FetchBinarySize>(fetch->items[2]).part, std::vector<unsigned>{2});
}

TEST(ImapFetch, ReadsModifiers) {
  auto fetch = mail::parse_fetch("1:* (FLAGS) (CHANGEDSINCE 12345 VANISHED)");
  ASSERT_TRUE(fetch);
  EXPECT_EQ(fetch->changed_since, 12345u);
  EXPECT_TRUE(fetch->vanished);
  EXPECT_FALSE(mail::parse_fetch("1:* (FLAGS) (VANISHED)"));
}

TEST(ImapFetch, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "1", "1 ()", "1 FOO", "1 BODY[", "1 BODY[1.]", "1 BODY[MIME]", "1 BODY[0]",
                    "1 BODY[]<1.0>", "1 BODY[]<1>", "1 BODY[HEADER.FIELDS]", "1 (FLAGS", "1 FLAGSX",
                    "1 BINARY[TEXT]", "1 BODY[HEADER.FIELDS ()]", "0 FLAGS"}) {
    EXPECT_FALSE(mail::parse_fetch(text)) << text;
  }
}

}  // namespace
