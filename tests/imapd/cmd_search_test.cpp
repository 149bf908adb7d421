#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::StartsWith;

using CmdSearchTest = CommandTest;

// RFC 7162 §3.1.10: with MIN alone, MODSEQ is that message's.
TEST_F(CmdSearchTest, ModSeqSpeaksOfWhatWasAskedFor) {
  for (int i = 0; i < 3; ++i) deliver("Subject: a\r\n\r\n");
  auto peer = open();
  peer->ask("STORE 3 +FLAGS (\\Flagged)");
  auto mod_seq = [&](const std::string& what) {
    auto answer = peer->ask("SEARCH RETURN (" + what + ") MODSEQ 1");
    return std::stoul(answer.substr(answer.find("MODSEQ ") + 7));
  };
  EXPECT_LT(mod_seq("MIN"), mod_seq("MAX"));
  EXPECT_EQ(mod_seq("ALL"), mod_seq("MAX"));
  EXPECT_EQ(mod_seq("MIN COUNT"), mod_seq("MAX"));
}

TEST_F(CmdSearchTest, SavedResultsStandForTheirMessages) {
  for (int i = 0; i < 3; ++i) deliver("Subject: n" + std::to_string(i) + "\r\n\r\n");
  auto peer = open();
  EXPECT_EQ(peer->ask("SEARCH RETURN (SAVE) SUBJECT n1"), "x OK Search completed\n");
  EXPECT_THAT(peer->ask("FETCH $ (UID)"), StartsWith("* 2 FETCH (UID 2)\nx OK"));
}

}  // namespace
}  // namespace imapd
