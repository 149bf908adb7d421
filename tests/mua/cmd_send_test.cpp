#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "mail/part_scanner.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr int kHeaderLines = 8;

std::string any_lines(int count) {
  std::string out;
  for (int line = 0; line < count; ++line) out += "C: ...\n";
  return out;
}

/// From MAIL to the end of the message.
std::string taking(const std::string& recipients, const std::string& end) {
  return "C: MAIL FROM:<ann@x.test>\nS: 250 ok\n" + recipients + "C: DATA\nS: 354 go\n" +
         any_lines(kHeaderLines) + "C: \nC: hi\nC: .\n" + end;
}

constexpr const char* kBob = "C: RCPT TO:<bob@x.test>\nS: 250 ok\n";

/// The whole copy is read before the answer: a close with octets unread would be a reset.
std::string filing(const std::string& answer) {
  return "C: A2 LIST \"\" \"*\"\nS: * LIST (\\Sent) \"/\" Sent\nS: A2 OK done\nC: ...\n" +
         any_lines(kHeaderLines) + "C: \nC: hi\nC: \n" + answer;
}

class CmdSend : public testing::Test {
 protected:
  Ended send(std::vector<std::string> more, std::vector<std::string> imap,
             std::vector<std::string> smtp) {
    std::vector<std::string> arguments{"send", "--subject", "x", "--body",
                                       trial_.write("body", "hi\n").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return trial_.mua(arguments, std::move(imap), std::move(smtp));
  }
  Trial trial_;
};

TEST_F(CmdSend, SendsAndSaysWhenNoCopyIsKept) {
  const std::string session = imap_session(filing("S: A3 NO [OVERQUOTA] full\n"), "A9");
  const Ended ended =
      send({"--to", "bob@x.test", "--json"}, {session.substr(0, session.find("C: A9"))},
           {smtp_session(taking(kBob, "S: 250 taken\n"))});
  EXPECT_EQ(ended.code, 7);
  EXPECT_THAT(ended.err, HasSubstr("was sent, but no copy"));
  EXPECT_THAT(ended.err, HasSubstr("OVERQUOTA"));
  EXPECT_THAT(ended.out, HasSubstr("\"accepted\":true"));
  EXPECT_THAT(ended.out, HasSubstr("\"sent_copy\":null"));
}

TEST_F(CmdSend, ARefusedMessageLeavesNoCopy) {
  const Ended ended =
      send({"--to", "bob@x.test"}, {},
           {smtp_session("C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\n"
                         "S: 550 5.1.1 who?\n")});
  EXPECT_EQ(ended.code, 6);
  EXPECT_THAT(ended.err, HasSubstr("bob@x.test: 550 5.1.1 who?"));
}

TEST_F(CmdSend, NamesTheRecipientsThatWereRefused) {
  const std::string session = imap_session(filing("S: A3 NO full\n"), "A9");
  const Ended ended =
      send({"--to", "bob@x.test,eve@x.test"}, {session.substr(0, session.find("C: A9"))},
           {smtp_session(taking(std::string(kBob) + "C: RCPT TO:<eve@x.test>\nS: 550 5.7.1 no\n",
                                "S: 250 taken\n"))});
  EXPECT_EQ(ended.code, 7);
  EXPECT_THAT(ended.err, HasSubstr("not to all"));
  EXPECT_THAT(ended.err, HasSubstr("eve@x.test: 550 5.7.1 no"));
}

TEST_F(CmdSend, AWrongAddressReachesNoServer) {
  EXPECT_EQ(send({"--to", "bob@@x.test"}, {}, {}).code, 2);
  EXPECT_EQ(send({}, {}, {}).code, 2);
}

TEST_F(CmdSend, AMissingAttachmentReachesNoServer) {
  EXPECT_EQ(send({"--to", "bob@x.test", "--attach", "/nowhere"}, {}, {}).code, 1);
}

class CmdSendQueued : public testing::Test {
 protected:
  /// The mail in the outbox.
  std::string queued(std::vector<std::string> more) {
    std::vector<std::string> arguments{
        "send", "--queue", "--to", "bob@x.test", "--body", trial_.write("body", "hi\n").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ended ended = trial_.mua(arguments, {});
    EXPECT_EQ(ended.code, 0) << ended.err;
    sync::Journal journal(trial_.store);
    const auto outbox = journal.outbox();
    return outbox.empty() ? "" : journal.content(outbox.back().id);
  }
  LocalTrial trial_;
};

TEST_F(CmdSendQueued, ASignatureStandsBelowWhereItIsWanted) {
  trial_.write("signature", "Ann of X\n");
  EXPECT_TRUE(queued({}).ends_with("\r\n\r\nhi\r\n"));
  EXPECT_TRUE(queued({"--signature"}).ends_with("\r\n\r\nhi\r\n\r\n-- \r\nAnn of X\r\n"));
}

TEST_F(CmdSendQueued, ALargeFileIsThereWhole) {
  const std::string octets(3'000'000, 'z');
  const std::string content = queued({"--attach", trial_.write("big.bin", octets).string()});
  const mail::Part root = mail::scan_parts(content);
  ASSERT_EQ(root.children.size(), 2u);
  EXPECT_EQ(mail::decode_body(root.children[1], content), octets);
}

TEST_F(CmdSendQueued, APipeCanBeAttached) {
  const std::string pipe = (trial_.folder() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&pipe] { std::ofstream(pipe) << "from a pipe"; });
  const std::string content = queued({"--attach", pipe});
  writer.join();
  const mail::Part root = mail::scan_parts(content);
  EXPECT_EQ(mail::decode_body(root.children.at(1), content), "from a pipe");
}

}  // namespace
}  // namespace mua
