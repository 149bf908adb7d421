#include "mua/screen/letter.hpp"

#include <gtest/gtest.h>

#include "mua/exit_code.hpp"

namespace mua::screen {
namespace {

Letter full() {
  Letter letter;
  letter.to = "bob@example.test";
  letter.cc = "\"Miller, Ann\" <ann@x.test>";
  letter.subject = "Hello: you";
  letter.text = "one\n\nTo: nobody\n";
  letter.enclosures = {{"/tmp/a b.pdf", 0, "", ""}, {"", 17, "2.1", "my file.pdf"}};
  letter.in_reply_to = "<1@x.test>";
  letter.references = {"<0@x.test>", "<1@x.test>"};
  letter.answered = 5;
  return letter;
}

TEST(Letter, IsKeptAsText) {
  EXPECT_EQ(letter_from_text(to_text(full())), full());
  EXPECT_EQ(letter_from_text(to_text(Letter{})), Letter{});
  EXPECT_EQ(letter_from_text("broken"), Letter{});
}

TEST(Letter, DoubtsOnlyWhatMayBeForgotten) {
  Letter letter;
  letter.to = "bob@x.test";
  letter.subject = "Report";
  letter.text = "Here you are.\n\n> see the attachment\n";
  EXPECT_EQ(doubts(letter), "");
  letter.text = "I attach the report.\n";
  EXPECT_EQ(doubts(letter), "nothing is attached");
  letter.enclosures = {{"/x", 0, "", ""}};
  letter.subject = " ";
  EXPECT_EQ(doubts(letter), "no subject");
  for (int i = 0; i < 30; ++i) letter.to += ", b@x.test";
  EXPECT_EQ(doubts(letter), "no subject, about 31 recipients");
  letter = {};
  letter.subject = "보고서";
  letter.text = "파일을 첨부합니다";
  EXPECT_EQ(doubts(letter), "nothing is attached");
}

TEST(Letter, BecomesADraft) {
  Account account;
  account.address = "alice@example.test";
  Letter letter = full();
  letter.to += ", ";
  const mail::Draft draft = make_draft(letter, account, {1'700'000'000, 0});
  ASSERT_EQ(draft.to.size(), 1u);
  ASSERT_EQ(draft.cc.size(), 1u);
  EXPECT_EQ(draft.cc[0].name, "Miller, Ann");
  EXPECT_EQ(draft.references.size(), 2u);
  EXPECT_TRUE(draft.message_id.ends_with("@example.test>"));
  letter.to = "bob@, x";
  EXPECT_THROW(make_draft(letter, account, {}), Failure);
}

TEST(Letter, NamesAreQuotedWhereAListWouldBeMisread) {
  EXPECT_EQ(typed_address("Ann", "a@x.test"), "Ann <a@x.test>");
  EXPECT_EQ(typed_address("Miller, Ann", "a@x.test"), "\"Miller, Ann\" <a@x.test>");
  EXPECT_EQ(typed_address("", "a@x.test"), "a@x.test");
}

TEST(Letter, FromLinks) {
  const Letter letter = letter_from_mailto(
      "mailto:bob@x.test?subject=Hello%20you&cc=ann@x.test&body=a%0D%0Ab&attach=/etc/"
      "passwd&to=c@x.test");
  EXPECT_EQ(letter.to, "bob@x.test, c@x.test");
  EXPECT_EQ(letter.cc, "ann@x.test");
  EXPECT_EQ(letter.subject, "Hello you");
  EXPECT_EQ(letter.text, "a\nb");
  EXPECT_TRUE(letter.enclosures.empty());
  EXPECT_EQ(letter_from_mailto("bob@x.test").to, "bob@x.test");
  EXPECT_EQ(letter_from_mailto("mailto:?subject=a%0Ab%zz").subject, "a b%zz");
}

}  // namespace
}  // namespace mua::screen
