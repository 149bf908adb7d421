#include "mail/imap_fetched.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mail::imap {
namespace {

using testing::ElementsAre;
using testing::Pair;

Fetched fetched(std::string_view text) {
  return *read_fetch(std::get<Data>(*parse_response(text)));
}

TEST(ImapFetched, ReadsTheModSeqOfAMessage) {
  auto response = parse_response("* 7 FETCH (UID 42 MODSEQ (917162500) FLAGS ())");
  const auto fetched = read_fetch(std::get<Data>(*response));
  ASSERT_TRUE(fetched);
  EXPECT_EQ(fetched->modseq, 917162500u);
}

TEST(ImapFetched, ReadsWhatDovecotSends) {
  const Fetched f = fetched(
      "* 7 FETCH (UID 42 FLAGS (\\Seen \\Recent $Junk) RFC822.SIZE 4286 INTERNALDATE \"17-Jul-1996 "
      "02:44:25 -0700\" ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" "
      "\"=?utf-8?q?caf=C3=A9?=\" ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) NIL NIL "
      "((NIL NIL \"imap\" \"cac.washington.edu\")(NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")) NIL "
      "NIL NIL \"<B27397-0100000@cac.washington.edu>\"))");
  EXPECT_EQ(f.sequence, 7u);
  EXPECT_EQ(f.uid, 42u);
  EXPECT_EQ(f.flags->system, kSeen);
  EXPECT_THAT(f.flags->keywords, ElementsAre("$Junk"));
  EXPECT_EQ(f.size, 4286u);
  EXPECT_EQ(f.internal_date->zone_minutes, -420);
  ASSERT_TRUE(f.envelope);
  EXPECT_EQ(f.envelope->subject, "café");
  ASSERT_EQ(f.envelope->from.size(), 1u);
  EXPECT_EQ(f.envelope->from[0].name, "Terry Gray");
  EXPECT_EQ(f.envelope->from[0].address.to_string(), "gray@cac.washington.edu");
  EXPECT_EQ(f.envelope->to.size(), 2u);
  EXPECT_EQ(f.envelope->message_id, "<B27397-0100000@cac.washington.edu>");
}

TEST(ImapFetched, TakesLiteralsAndNilAnywhere) {
  const Fetched f = fetched(
      "* 1 FETCH (ENVELOPE (NIL {4}\r\na\"b) ((NIL NIL {3}\r\nann {6}\r\nx.test)) NIL NIL ((NIL "
      "NIL \"undisclosed\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL))");
  EXPECT_EQ(f.envelope->subject, "a\"b)");
  EXPECT_EQ(f.envelope->from[0].address.to_string(), "ann@x.test");
  EXPECT_TRUE(f.envelope->to.empty());
  const Fetched nil = fetched("* 1 FETCH (ENVELOPE NIL BODYSTRUCTURE NIL FLAGS NIL UID NIL)");
  EXPECT_FALSE(nil.envelope || nil.structure || nil.uid);
  EXPECT_TRUE(fetched("* 1 FETCH (ENVELOPE ())").envelope);
}

TEST(ImapFetched, NumbersTheParts) {
  const Fetched f = fetched(
      "* 1 FETCH (BODYSTRUCTURE (((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"8BIT\" 12 "
      "1 NIL NIL NIL NIL)(\"TEXT\" \"HTML\" NIL NIL NIL \"BASE64\" 40 2 NIL NIL NIL NIL) "
      "\"ALTERNATIVE\" (\"boundary\" \"b1\") NIL NIL NIL)(\"APPLICATION\" \"PDF\" (\"name\" "
      "\"old.pdf\") \"<id>\" \"desc\" \"BASE64\" 205000 NIL (\"ATTACHMENT\" (\"filename*0*\" "
      "\"utf-8''caf%C3%A9\" \"filename*1\" \" 1.pdf\")) NIL NIL)(\"MESSAGE\" \"RFC822\" NIL NIL "
      "NIL \"7BIT\" 300 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) ((\"TEXT\" \"PLAIN\" NIL NIL "
      "NIL \"7BIT\" 5 1)(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 6) \"MIXED\") 9 NIL (\"INLINE\" "
      "NIL)) \"MIXED\" (\"boundary\" \"b0\") NIL NIL NIL))");
  ASSERT_TRUE(f.structure);
  const BodyPart& root = *f.structure;
  EXPECT_EQ(root.type + "/" + root.subtype, "multipart/mixed");
  ASSERT_EQ(root.children.size(), 3u);
  EXPECT_EQ(root.children[0].number, "1");
  EXPECT_EQ(root.children[0].children[1].number, "1.2");
  EXPECT_EQ(root.children[0].children[0].encoding, "8bit");
  EXPECT_THAT(root.children[0].children[0].parameters, ElementsAre(Pair("charset", "utf-8")));
  const BodyPart& pdf = root.children[1];
  EXPECT_EQ(pdf.number, "2");
  EXPECT_EQ(pdf.size, 205000u);
  EXPECT_EQ(pdf.disposition, "attachment");
  EXPECT_EQ(pdf.file_name(), "café 1.pdf");
  const BodyPart& message = root.children[2];
  EXPECT_EQ(message.disposition, "inline");
  ASSERT_EQ(message.children.size(), 1u);
  EXPECT_EQ(message.children[0].number, "3");
  EXPECT_EQ(message.children[0].children[1].number, "3.2");
}

TEST(ImapFetched, AMessageOfOnePartHasPartOne) {
  const Fetched f = fetched(
      "* 1 FETCH (BODY (\"text\" \"plain\" (\"name\" \"=?utf-8?q?caf=C3=A9=2Etxt?=\") NIL NIL "
      "\"7bit\" 3 1))");
  EXPECT_EQ(f.structure->number, "1");
  EXPECT_EQ(f.structure->file_name(), "café.txt");
}

TEST(ImapFetched, KeepsTheOctetsOfSections) {
  const Fetched f = fetched(
      "* 1 FETCH (BODY[HEADER.FIELDS (FROM)] {6}\r\na\r\n\r\n! BODY[1.2]<0> NIL BODY[] \"\")");
  ASSERT_EQ(f.sections.size(), 3u);
  EXPECT_EQ(f.section("header.fields (from)")->octets, "a\r\n\r\n!");
  EXPECT_EQ(f.section("1.2")->octets, "");
  EXPECT_EQ(f.section("3"), nullptr);
}

TEST(ImapFetched, LeavesOutWhatMakesNoSense) {
  EXPECT_FALSE(read_fetch(std::get<Data>(*parse_response("* 4 EXPUNGE"))));
  EXPECT_FALSE(read_fetch(std::get<Data>(*parse_response("* 4 FETCH"))));
  for (const char* text :
       {"* 1 FETCH x", "* 1 FETCH ()", "* 1 FETCH (UID)", "* 1 FETCH (((((((())))))))",
        "* 1 FETCH (BODYSTRUCTURE ())", "* 1 FETCH (BODYSTRUCTURE (() ()))",
        "* 1 FETCH (BODYSTRUCTURE (((((()))))))", "* 1 FETCH (BODY] x BODY[ y)",
        "* 1 FETCH (INTERNALDATE () FLAGS x RFC822.SIZE -1)"}) {
    EXPECT_TRUE(read_fetch(std::get<Data>(*parse_response(text)))) << text;
  }
}

}  // namespace
}  // namespace mail::imap
