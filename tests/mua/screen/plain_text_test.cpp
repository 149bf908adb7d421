#include "mua/screen/plain_text.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

TEST(PlainText, Numbers) {
  EXPECT_EQ(parse_numbers("3"), std::vector<std::uint32_t>{3});
  EXPECT_EQ(parse_numbers("1,4-6"), (std::vector<std::uint32_t>{1, 4, 5, 6}));
  for (const char* wrong : {"", "0", "x", "3-", "5-3", "1;2", "1-999999999"}) {
    EXPECT_TRUE(parse_numbers(wrong).empty()) << wrong;
  }
}

TEST(PlainText, ARowIsASentence) {
  sync::Row row;
  row.from = {{"Ann", {"ann", "x.test"}}};
  row.subject = "Ferry";
  row.has_attachment = true;
  row.folded = 3;
  const std::string text = plain_row(row, 4, 0, true);
  EXPECT_TRUE(text.starts_with("5. marked, unread, Ann: Ferry, ")) << text;
  EXPECT_TRUE(text.ends_with(", with attachment, thread of 3 messages")) << text;
}

TEST(PlainText, ChoicesAreNumbered) {
  const Picker picker("Open folder", {{"INBOX", "3 unread", "1"}, {"j        next", "", "2"}});
  EXPECT_EQ(plain_choices(picker), "Open folder\n1. INBOX, 3 unread\n2. j next\n");
}

}  // namespace
}  // namespace mua::screen
