#include "mua/screen/answer.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

class Answer : public testing::Test {
 protected:
  Answer() {
    writer.account.address = "alice@example.test";
    writer.signature = "Alice";
    header.row.id = 7;
    header.from = {{"Ann, Dr.", {"ann", "x.test"}}};
    header.to = {{"", {"Alice", "EXAMPLE.test"}}, {"Bob", {"bob", "y.test"}}};
    header.cc = {{"", {"carol", "z.test"}}, {"", {"ann", "x.test"}}};
    header.subject = "Plan";
    header.date = "Fri, 20 Nov 2026 10:00:00 +0100";
    header.message_id = "<2@x.test>";
    header.references = {"1@x.test"};
  }
  Writer writer;
  sync::Header header;
};

TEST_F(Answer, ToTheSender) {
  const Letter letter = reply(header, "one\ntwo\n", mail::ReplyTo::kSender, writer);
  EXPECT_EQ(letter.to, "\"Ann, Dr.\" <ann@x.test>");
  EXPECT_EQ(letter.cc, "");
  EXPECT_EQ(letter.subject, "Re: Plan");
  EXPECT_EQ(letter.in_reply_to, "<2@x.test>");
  EXPECT_EQ(letter.references, (std::vector<std::string>{"<1@x.test>", "<2@x.test>"}));
  EXPECT_EQ(letter.answered, 7);
  EXPECT_EQ(letter.text,
            "\n\nOn Fri, 20 Nov 2026 10:00:00 +0100, Ann, Dr. <ann@x.test> wrote:\n> one\n> "
            "two\n\n-- \nAlice");
}

TEST_F(Answer, ToAllButOneself) {
  header.subject = "re: Plan";
  const Letter letter = reply(header, "", mail::ReplyTo::kAll, writer);
  EXPECT_EQ(letter.to, "\"Ann, Dr.\" <ann@x.test>");
  EXPECT_EQ(letter.cc, "Bob <bob@y.test>, carol@z.test");
  EXPECT_EQ(letter.subject, "re: Plan");
}

TEST_F(Answer, ToReplyToAndToOnesOwn) {
  header.reply_to = {{"List", {"list", "x.test"}}};
  EXPECT_EQ(reply(header, "", mail::ReplyTo::kSender, writer).to, "List <list@x.test>");
  header.reply_to.clear();
  header.from = {{"", {"alice", "example.test"}}};
  header.to = {{"", {"bob", "y.test"}}};
  EXPECT_EQ(reply(header, "", mail::ReplyTo::kSender, writer).to, "bob@y.test");
}

TEST_F(Answer, Forwards) {
  const Letter letter = forward(header, "text\n", {{{}, "a.pdf"}}, writer);
  EXPECT_EQ(letter.subject, "Fwd: Plan");
  EXPECT_EQ(letter.to, "");
  EXPECT_EQ(letter.forwarded, 7);
  ASSERT_EQ(letter.enclosures.size(), 1u);
  EXPECT_EQ(letter.enclosures[0].message, 7);
  EXPECT_NE(letter.text.find("From: Ann, Dr. <ann@x.test>\n"), std::string::npos);
  EXPECT_TRUE(letter.text.ends_with("\n\ntext\n"));
}

TEST_F(Answer, TakesDraftsUpAgain) {
  const Letter letter = edit_again(header, "text\n", {});
  EXPECT_EQ(letter.to, "Alice@EXAMPLE.test, Bob <bob@y.test>");
  EXPECT_EQ(letter.supersedes, 7);
  EXPECT_EQ(letter.text, "text\n");
}

TEST_F(Answer, SendsOnAsItIs) {
  const std::string octets =
      "Return-Path: <x@x.test>\r\nFrom: ann@x.test\r\nSubject: a\r\n b\r\n\r\nbody\r\n";
  EXPECT_EQ(
      resent(octets, {{"", {"bob", "y.test"}}}, writer, {1'700'000'000, 0}, "<r@example.test>"),
      "Resent-Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
      "Resent-From: alice@example.test\r\n"
      "Resent-To: bob@y.test\r\n"
      "Resent-Message-ID: <r@example.test>\r\n"
      "From: ann@x.test\r\nSubject: a\r\n b\r\n\r\nbody\r\n");
}

TEST_F(Answer, UnderTheNameItWasSentTo) {
  writer.identities = {{"Treasurer", "money@example.test", "", "T."}};
  header.to = {{"", {"Money", "example.test"}}, {"Bob", {"bob", "y.test"}}};
  Letter letter = reply(header, "one\n", mail::ReplyTo::kAll, writer);
  EXPECT_EQ(letter.from, "Treasurer <money@example.test>");
  EXPECT_EQ(letter.cc.find("money"), std::string::npos);
  EXPECT_TRUE(letter.text.ends_with("\n-- \nT."));
  EXPECT_EQ(forward(header, "", {}, writer).from, letter.from);
  header.to = {{"", {"alice", "example.test"}}};
  EXPECT_EQ(reply(header, "", mail::ReplyTo::kSender, writer).from, "");
  // An identity of the account's own address is how that one looks.
  writer.identities = {{"Alice M.", "alice@example.test", "", "A."}};
  EXPECT_EQ(senders(writer), (std::vector<Sender>{{"Alice M. <alice@example.test>", "A."}}));
}

TEST_F(Answer, ForwardedAsAnAttachment) {
  header.subject = "a/b: plan";
  const Letter letter = forward_attached(header, writer);
  EXPECT_EQ(letter.subject, "Fwd: a/b: plan");
  ASSERT_EQ(letter.enclosures.size(), 1u);
  EXPECT_EQ(letter.enclosures[0].message, 7);
  EXPECT_EQ(letter.enclosures[0].number, "");
  EXPECT_TRUE(letter.enclosures[0].name.ends_with(".eml"));
  EXPECT_EQ(letter_from_text(to_text(letter)), letter);
}

}  // namespace
}  // namespace mua::screen
