#include "mail/header.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

constexpr std::string_view kMessage =
    "From alice Mon Jul 17 1996\n"
    "Subject: one\r\n\ttwo\r\n  three\r\n"
    "garbage\r\n"
    "X-Empty:\r\n"
    "to : bob\n"
    "SUBJECT:again\r\n"
    "\r\n"
    "Subject: in the body\r\n";

TEST(Header, WalksFieldsAndWhatIsNone) {
  HeaderReader reader(kMessage);
  std::vector<std::string> names;
  std::string all;
  while (const auto field = reader.next()) {
    names.emplace_back(field->name);
    all += field->whole;
  }
  EXPECT_EQ(names, (std::vector<std::string>{"", "Subject", "", "X-Empty", "to", "SUBJECT"}));
  EXPECT_EQ(all + "\r\n", kMessage.substr(0, reader.position()));
  EXPECT_EQ(reader.position(), header_size(kMessage));
}

TEST(Header, FindsByNameInAnyCase) {
  EXPECT_EQ(find_field(kMessage, "subject")->value, " one\r\n\ttwo\r\n  three");
  EXPECT_EQ(find_fields(kMessage, "Subject").size(), 2U);
  EXPECT_FALSE(find_field(kMessage, "Cc"));
  EXPECT_EQ(field_value(kMessage, "To"), "bob");
  EXPECT_EQ(field_value(kMessage, "X-Empty"), "");
}

TEST(Header, Unfolds) {
  EXPECT_EQ(unfold(" one\r\n\ttwo\n  three \r\n"), "one\ttwo  three");
  EXPECT_EQ(unfold(std::string_view("a\rb\0c", 5)), "a b c");
  EXPECT_EQ(unfold(""), "");
}

TEST(Header, EndsAreWhatTheyAre) {
  EXPECT_EQ(header_size(""), 0U);
  EXPECT_EQ(header_size("\r\nbody"), 2U);
  EXPECT_EQ(header_size("\nbody"), 1U);
  EXPECT_EQ(header_size("a: b"), 4U);
  EXPECT_EQ(header_size("a: b\r\n \r\n\r\nx"), 11U);
  EXPECT_FALSE(HeaderReader("").next());
  EXPECT_EQ(HeaderReader("a: b").next()->value, " b");
}

}  // namespace
}  // namespace mail
