#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/header.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(CmdBounce, SendsItAsItIs) {
  Trial trial;
  const Ended ended = trial.mua(
      {"bounce", "4", "--to", "bob@x.test", "--json"},
      {imap_session("C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
                    "C: A3 UID FETCH 4 (UID BODY.PEEK[]<0.1048576>)\n"
                    "S: * 1 FETCH (UID 4 BODY[]<0> {10}\nS: A: b\nS: \nS: hi)\nS: A3 OK\n",
                    "A4")},
      {smtp_session(
          "C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\nS: 250 ok\n"
          "C: DATA\nS: 354 go\nC: ...\nC: Resent-From: Ann <ann@x.test>\n"
          "C: Resent-To: bob@x.test\nC: ...\nC: A: b\nC: \nC: hi\nC: .\nS: 250 taken\n")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, testing::HasSubstr("\"accepted\":true"));
}

TEST(CmdBounce, WaitsInTheOutboxUnderAnIdOfItsOwn) {
  LocalTrial trial;
  const std::string octets =
      "Message-ID: <old@y.test>\r\nBcc: zoe@y.test\r\nSubject: s\r\n\r\nhi\r\n";
  const Ended ended = trial.mua(
      {"bounce", "4", "--queue", "--to", "bob@x.test", "--json"},
      {imap_session("C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
                    "C: A3 UID FETCH 4 (UID BODY.PEEK[]<0.1048576>)\n"
                    "S: * 1 FETCH (UID 4 BODY[]<0> {" +
                        std::to_string(octets.size()) +
                        "}\nS: Message-ID: <old@y.test>\nS: Bcc: zoe@y.test\nS: Subject: s\n"
                        "S: \nS: hi\nS: )\nS: A3 OK\n",
                    "A4")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  sync::Journal journal(trial.store);
  const sync::Entry entry = journal.outbox().at(0);
  EXPECT_THAT(ended.out, testing::HasSubstr("\"entry\":1}"));
  EXPECT_EQ(entry.label, "s");
  EXPECT_FALSE(entry.files_copy);
  const std::string content = journal.content(entry.id);
  EXPECT_EQ(mail::field_value(content, "Resent-Message-ID"), entry.message_id);
  EXPECT_TRUE(content.ends_with("Subject: s\r\n\r\nhi\r\n"));
  EXPECT_EQ(trial.mua({"outbox", "edit", "1"}, {}).code, 0);
  EXPECT_EQ(trial.mua({"drafts"}, {}).out, "") << "there is no letter to go on with";
}

TEST(CmdBounce, NeedsAnAddress) {
  Trial trial;
  EXPECT_EQ(trial.mua({"bounce", "4"}, {}).code, 2);
  EXPECT_EQ(trial.mua({"bounce", "4", "--to", "nobody"}, {}).code, 2);
}

}  // namespace
}  // namespace mua
