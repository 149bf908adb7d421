#include "mail/imap_reader.hpp"

#include <gtest/gtest.h>

namespace {

using mail::ImapReader;

std::string describe(const ImapReader::Event& event) {
  if (std::holds_alternative<ImapReader::NeedMore>(event)) return "more";
  if (std::holds_alternative<ImapReader::Complete>(event)) return "complete";
  if (std::holds_alternative<ImapReader::Overlong>(event)) return "overlong";
  const auto& literal = std::get<ImapReader::NeedLiteral>(event);
  return (literal.synchronizing ? "literal " : "literal+ ") + std::to_string(literal.size);
}

// Feeds `octets` in pieces, keeps every literal, and tells what happened; NeedMore is left out.
std::vector<std::string> events_of(std::string_view octets, std::size_t piece) {
  ImapReader reader;
  std::vector<std::string> events;
  while (!octets.empty()) {
    auto part = octets.substr(0, piece);
    octets.remove_prefix(part.size());
    while (!part.empty()) {
      auto event = reader.feed(part);
      if (std::holds_alternative<ImapReader::NeedMore>(event)) continue;
      events.push_back(describe(event));
      if (std::holds_alternative<ImapReader::NeedLiteral>(event))
        reader.keep_literal();
      else
        events.push_back(reader.take_text());
    }
  }
  return events;
}

void expect_events(const std::string& octets, const std::vector<std::string>& expected) {
  EXPECT_EQ(events_of(octets, octets.size()), expected);
  EXPECT_EQ(events_of(octets, 1), expected);
  EXPECT_EQ(events_of(octets, 7), expected);
}

TEST(ImapReader, GathersLines) {
  expect_events("a1 NOOP\r\na2 CHECK\r\n", {"complete", "a1 NOOP", "complete", "a2 CHECK"});
}

TEST(ImapReader, TakesALoneLineFeedAsTheEnd) {
  expect_events("a1 NOOP\n", {"complete", "a1 NOOP"});
}

TEST(ImapReader, PutsLiteralsInline) {
  expect_events("a LOGIN {5}\r\nal\r\ne {3+}\r\nfoo\r\n",
                {"literal 5", "literal+ 3", "complete", "a LOGIN {5}\r\nal\r\ne {3+}\r\nfoo"});
}

TEST(ImapReader, TakesAnEmptyLiteral) {
  expect_events("a X {0+}\r\n y\r\n", {"literal+ 0", "complete", "a X {0+}\r\n y"});
}

TEST(ImapReader, SeesNoLiteralInAQuotedString) {
  expect_events("a X \"{5}\"\r\n", {"complete", "a X \"{5}\""});
  expect_events("a X {5x}\r\n", {"complete", "a X {5x}"});
  expect_events("a X {}\r\n", {"complete", "a X {}"});
}

TEST(ImapReader, ReportsALiteralLargerThanAnyNumber) {
  ImapReader reader;
  std::string_view octets = "a X {99999999999999999999999}\r\n";
  EXPECT_EQ(describe(reader.feed(octets)), "literal " + std::to_string(UINT64_MAX));
}

TEST(ImapReader, SkipsAnOverlongLineToItsEnd) {
  std::string line = "a1 X " + std::string(ImapReader::kMaxLine, 'x') + "\r\n";
  for (std::size_t piece : {std::size_t{1000}, line.size() + 9}) {
    auto events = events_of(line + "a2 NOOP\r\n", piece);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0], "overlong");
    EXPECT_EQ(events[1].substr(0, 5), "a1 X ");
    EXPECT_EQ(events[3], "a2 NOOP");
  }
}

TEST(ImapReader, SkipsTheLiteralOfAnOverlongLineToo) {
  std::string line = "a1 X " + std::string(ImapReader::kMaxLine, 'x') + " {9+}\r\na3 LOGOUT y\r\n";
  for (std::size_t piece : {std::size_t{1}, line.size() + 9}) {
    auto events = events_of(line + "a2 NOOP\r\n", piece);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0], "overlong");
    EXPECT_EQ(events[3], "a2 NOOP");
  }
}

TEST(ImapReader, StartsAnewAfterALiteralTheCallerTook) {
  ImapReader reader;
  std::string_view octets = "a APPEND x {3}\r\n";
  EXPECT_EQ(describe(reader.feed(octets)), "literal 3");
  EXPECT_EQ(reader.text(), "a APPEND x {3}");
  reader.literal_taken();
  octets = " (\\Seen)\r\n";
  EXPECT_EQ(describe(reader.feed(octets)), "complete");
  EXPECT_EQ(reader.take_text(), " (\\Seen)");
  EXPECT_TRUE(reader.idle());
}

}  // namespace
