#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using CmdFetchTest = CommandTest;

std::string letter(std::size_t octets, std::size_t line_length = 70) {
  std::string body;
  for (std::size_t line = 0; body.size() < octets; ++line)
    body += std::to_string(line) + std::string(line_length, 'x') + "\r\n";
  return "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
         "boundary=b\r\n\r\n--b\r\n\r\nHello.\r\n"
         "--b\r\nContent-Type: text/plain\r\n\r\n" +
         body + "\r\n--b--\r\n";
}

// What is between the literal's head and the end of the answer, line ends left out.
std::string literal_of(const std::string& answer) {
  auto begin = answer.find("}\n") + 2;
  auto text = answer.substr(begin, answer.rfind(")\nx OK") - begin);
  std::erase(text, '\n');
  std::erase(text, '\r');
  return text;
}

// As Thunderbird takes a large attachment.
TEST_F(CmdFetchTest, SlicesOfAPartAddUp) {
  deliver(letter(1000));
  deliver(letter(10));
  auto peer = open();
  auto whole = literal_of(peer->ask("FETCH 1 (BODY.PEEK[2])"));
  EXPECT_GE(whole.size(), 500u);
  std::string sum;
  for (int from = 0; from < 1200; from += 100) {
    sum += literal_of(peer->ask("FETCH 1 (BODY.PEEK[2]<" + std::to_string(from) + ".100>)"));
    // Another message in between.
    if (from != 500) continue;
    EXPECT_EQ(literal_of(peer->ask("FETCH 2 (BODY.PEEK[1])")), "Hello.");
  }
  EXPECT_EQ(sum, whole);
}

TEST_F(CmdFetchTest, SendsToItsEndWhatIsExpungedMeanwhile) {
  constexpr std::size_t kSize = 24 << 20;
  deliver(letter(kSize, 100000));
  auto peer = open();
  auto other = open();
  other->ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
  peer->ask("NOOP");
  peer->send("x FETCH 1 (BODY.PEEK[])\r\n");
  peer->until("* 1 FETCH (BODY[] {");
  EXPECT_THAT(other->ask("EXPUNGE"), HasSubstr("* 1 EXPUNGE\nx OK"));
  auto rest = peer->until("x ");
  EXPECT_GT(rest.size(), kSize * 8 / 10);
  EXPECT_THAT(rest.substr(rest.size() - 60), HasSubstr("\n--b--\n)\nx OK Fetch completed\n"));
}

TEST_F(CmdFetchTest, TellsThatReadingChangedTheMessage) {
  deliver("Subject: a\r\n\r\nx");
  auto peer = log_in();
  peer->ask("ENABLE QRESYNC");
  peer->ask("SELECT INBOX");
  EXPECT_THAT(peer->ask("FETCH 1 (BODY[TEXT])"),
              HasSubstr("{1}\nx UID 1 FLAGS (\\Seen \\Recent) MODSEQ ("));
}

}  // namespace
}  // namespace imapd
