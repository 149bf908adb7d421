#include "mua/draft.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

Account alice() {
  Account account;
  account.address = "alice@example.test";
  account.name = "Alice";
  return account;
}

TEST(Draft, ReadsRecipients) {
  const auto found = parse_recipients(
      {"bob@x.test, \"Doe, Jane\" <jane@x.test>", "Carol <carol@y.test>", "박@예.test"});
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[1].name, "Doe, Jane");
  EXPECT_EQ(found[1].address.to_string(), "jane@x.test");
  EXPECT_EQ(found[3].address.local, "박");
}

TEST(Draft, LeavesNobodyOutInSilence) {
  for (const char* text :
       {"", "bob", "bad@@x.test", "bob@x.test,", "bob@x.test, carol", "Bob <bob@@x.test>", "<>",
        "a@x.test b@x.test", "bob@x.test\r\nBcc: e@x.test"}) {
    EXPECT_THROW(parse_recipients({text}), Failure) << text;
  }
}

TEST(Draft, TakesTheWordsOfTheCommandLine) {
  SendOptions options;
  options.to = {"bob@x.test"};
  options.bcc = {"eve@x.test"};
  options.subject = "Hi";
  const mail::Draft draft = make_draft(options, alice(), {});
  EXPECT_EQ(draft.from.name, "Alice");
  EXPECT_EQ(recipients(draft).size(), 2u);
  EXPECT_EQ(draft.subject, "Hi");
  EXPECT_TRUE(draft.message_id.ends_with("@example.test>"));
  EXPECT_GT(draft.date.seconds, 0);
}

TEST(Draft, AnAnswerKeepsItsSubjectUnlessToldOtherwise) {
  mail::Draft begun;
  begun.to = {{"", {"bob", "x.test"}}};
  begun.subject = "Re: x";
  EXPECT_EQ(make_draft({}, alice(), begun).subject, "Re: x");
  SendOptions options;
  options.subject = "New";
  EXPECT_EQ(make_draft(options, alice(), begun).subject, "New");
}

TEST(Draft, NeedsSomebodyToSendTo) { EXPECT_THROW(make_draft({}, alice(), {}), Failure); }

TEST(Draft, ReadsAttachmentsOctetForOctet) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "draft-attachment.bin";
  const std::string octets("a\0\r\nb\n", 6);
  std::ofstream(path, std::ios::binary) << octets;
  const mail::PieceReader read = read_attachment(path).open();
  EXPECT_EQ(read(), octets);
  EXPECT_EQ(read(), "");
  EXPECT_EQ(read_attachment(path).file_name, "draft-attachment.bin");
  EXPECT_THROW(read_attachment(path + ".missing"), Failure);
  EXPECT_THROW(read_attachment(folder.path()), Failure);
}

TEST(Draft, Quotes) {
  EXPECT_EQ(quote("a\n\n> b\nc", "Ann", "Sat"), "On Sat, Ann wrote:\n> a\n>\n>> b\n> c\n");
}

}  // namespace
}  // namespace mua
