#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::StartsWith;

using CmdUidBatchesTest = CommandTest;

TEST_F(CmdUidBatchesTest, AnswersWithTheTag) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  EXPECT_THAT(peer->ask("UIDBATCHES 500"), StartsWith("* UIDBATCHES (TAG \"x\") 1:1\nx OK"));
}

TEST_F(CmdUidBatchesTest, LeavesASavedResultAlone) {
  deliver("Subject: a\r\n\r\n");
  deliver("Subject: b\r\n\r\n");
  auto peer = open();
  peer->ask("SEARCH RETURN (SAVE) SUBJECT b");
  peer->ask("UIDBATCHES 500");
  EXPECT_THAT(peer->ask("FETCH $ (UID)"), StartsWith("* 2 FETCH (UID 2)\nx OK"));
}

TEST_F(CmdUidBatchesTest, RefusesBatchesThatAreTooSmall) {
  auto peer = open();
  EXPECT_THAT(peer->ask("UIDBATCHES 499"), StartsWith("x NO [TOOFEW]"));
  EXPECT_THAT(peer->ask("UIDBATCHES 500 2:1"), StartsWith("x BAD [CLIENTBUG]"));
}

}  // namespace
}  // namespace imapd
