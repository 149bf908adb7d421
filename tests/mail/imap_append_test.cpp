#include "mail/imap_append.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

using Next = AppendReader::Next;

AppendReader appending() { return AppendReader(AppendReader::Verb::kAppend); }
AppendReader replacing() { return AppendReader(AppendReader::Verb::kReplace); }

/// What the reader says next, in a letter: o(ctets), s(tring), e(nd), - for an error.
char fed(AppendReader& reader, std::string_view segment) {
  const auto next = reader.feed(segment);
  if (!next) return '-';
  return *next == Next::kOctets ? 'o' : *next == Next::kString ? 's' : 'e';
}

TEST(AppendReader, ReadsUpToTheMessage) {
  auto reader = appending();
  ASSERT_EQ(fed(reader, "\"Drafts\" (\\Draft) {310+}"), 'o');
  EXPECT_EQ(reader.mailbox(), "Drafts");
  EXPECT_FALSE(reader.in_parts());
  const auto events = reader.take_events();
  ASSERT_EQ(events.size(), 1u);
  const auto& message = std::get<AppendMessage>(events[0]);
  EXPECT_EQ(message.flags.system, kDraft);
  EXPECT_FALSE(message.date);
  EXPECT_EQ(fed(reader, ""), 'e');
}

TEST(AppendReader, ReadsADateAndALiteral8) {
  auto reader = appending();
  ASSERT_EQ(fed(reader, "x \"17-Jul-1996 02:44:25 -0700\" ~{5}"), 'o');
  EXPECT_EQ(std::get<AppendMessage>(reader.take_events()[0]).date->zone_minutes, -420);
}

TEST(AppendReader, ClosesUtf8BeforeWhatFollows) {
  auto reader = appending();
  ASSERT_EQ(fed(reader, "x UTF8 (~{5}"), 'o');
  EXPECT_EQ(fed(reader, ""), '-');
  EXPECT_EQ(fed(reader, ") (\\Seen) {12}"), 'o');
  EXPECT_EQ(fed(reader, ""), 'e');
}

TEST(AppendReader, ReadsSeveralMessages) {
  auto reader = appending();
  ASSERT_EQ(fed(reader, "x {5}"), 'o');
  ASSERT_EQ(fed(reader, " (\\Seen) {12}"), 'o');
  EXPECT_EQ(reader.take_events().size(), 2u);
  EXPECT_EQ(fed(reader, "x"), '-');
  EXPECT_EQ(fed(reader, ""), 'e');
}

TEST(AppendReader, WaitsForAMailboxNameThatIsALiteral) {
  auto reader = appending();
  EXPECT_EQ(fed(reader, "{5}"), 's');
  EXPECT_EQ(fed(reader, "{5}\r\nINBOX {10}"), 'o');
  EXPECT_EQ(reader.mailbox(), "INBOX");
}

// RFC 4469 §3, with a URL that is a literal.
TEST(AppendReader, ReadsPartsInTheirOrder) {
  auto reader = appending();
  ASSERT_EQ(fed(reader,
                "Drafts (\\Draft) CATENATE (URL \"/Drafts;UIDVALIDITY=385759045/;UID=20/;section="
                "HEADER\" TEXT {42}"),
            'o');
  EXPECT_TRUE(reader.in_parts());
  auto events = reader.take_events();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_TRUE(std::get<AppendMessage>(events[0]).catenate);
  EXPECT_TRUE(std::get<AppendUrl>(events[1]).url.ends_with("HEADER"));
  EXPECT_EQ(fed(reader, " URL {3}"), 's');
  EXPECT_TRUE(reader.take_events().empty());
  EXPECT_EQ(fed(reader, " URL {3}\r\n/;a UTF8 (~{1}"), 'o');
  EXPECT_EQ(std::get<AppendUrl>(reader.take_events()[0]).url, "/;a");
  EXPECT_EQ(fed(reader, "))"), 'e');
}

TEST(AppendReader, ReadsPartsWithoutAnyLiteralAndAnotherMessage) {
  auto reader = appending();
  ASSERT_EQ(fed(reader, "x CATENATE (URL a URL b) CATENATE (URL c)"), 'e');
  EXPECT_EQ(reader.take_events().size(), 5u);
}

TEST(AppendReader, ReplacesOneMessage) {
  auto reader = replacing();
  ASSERT_EQ(fed(reader, "4 Drafts (\\Seen) {312}"), 'o');
  EXPECT_EQ(reader.replaced(), 4u);
  EXPECT_EQ(reader.mailbox(), "Drafts");
  EXPECT_EQ(fed(reader, " {5}"), '-');
  EXPECT_EQ(fed(reader, ""), 'e');
  auto last = replacing();
  EXPECT_EQ(fed(last, "* Drafts {1}"), 'o');
  EXPECT_FALSE(last.replaced());
}

TEST(AppendReader, RefusesWhatIsNotOfTheGrammar) {
  for (auto text : {"", "x", "x {5", "x (\\Seen {5}", "x \"yesterday\" {5}", "x (\\Foo) {5}",
                    "x hello", "x CATENATE ()", "x CATENATE (TEXT \"a\")", "x CATENATE (URL a",
                    "x CATENATE (URL a  URL b)", "x CATENATE URL a"}) {
    auto reader = appending();
    EXPECT_EQ(fed(reader, text), '-') << text;
  }
  for (auto text : {"0 x {5}", "x {5}", "1:2 x {5}", "1 {5"}) {
    auto reader = replacing();
    EXPECT_EQ(fed(reader, text), '-') << text;
  }
}

}  // namespace
}  // namespace mail
