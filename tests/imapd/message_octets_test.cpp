#include "imapd/message_octets.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

constexpr std::string_view kHeader = "From: a\r\nSubject: long\r\n line\r\nTo: b\r\n\r\n";

mail::Section fields(mail::Section::Text text, std::vector<std::string> names) {
  mail::Section section;
  section.text = text;
  section.fields = std::move(names);
  return section;
}

TEST(MessageOctets, FiltersHeadersWithFoldedFieldsWhole) {
  using Text = mail::Section::Text;
  EXPECT_EQ(filter_header(kHeader, fields(Text::kHeaderFields, {"SUBJECT", "X"})),
            "Subject: long\r\n line\r\n\r\n");
  EXPECT_EQ(filter_header(kHeader, fields(Text::kHeaderFieldsNot, {"subject"})),
            "From: a\r\nTo: b\r\n\r\n");
  EXPECT_EQ(filter_header(kHeader, fields(Text::kHeaderFields, {"X"})), "\r\n");
}

TEST(MessageOctets, AddsNoEmptyLineThatIsNotThere) {
  EXPECT_EQ(filter_header("To: b\r\n", fields(mail::Section::Text::kHeaderFields, {"To"})),
            "To: b\r\n");
}

TEST(MessageOctets, AppliesPartials) {
  EXPECT_EQ(cut(mail::Partial{1, 2}, std::string_view("abcd")), "bc");
  EXPECT_EQ(cut(mail::Partial{3, 100}, std::string_view("abcd")), "d");
  EXPECT_EQ(cut(mail::Partial{9, 1}, std::string_view("abcd")), "");
  EXPECT_EQ(cut(mail::Partial{UINT64_MAX, UINT64_MAX}, std::string_view("abcd")), "");
  EXPECT_EQ(cut(std::nullopt, std::string_view("abcd")), "abcd");
  auto range = cut(mail::Partial{2, 3}, OctetRange{10, 20});
  EXPECT_EQ(range.begin, 12u);
  EXPECT_EQ(range.end, 15u);
}

}  // namespace
}  // namespace imapd
