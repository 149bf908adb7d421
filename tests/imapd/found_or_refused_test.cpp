#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using FoundOrRefusedTest = CommandTest;

TEST_F(FoundOrRefusedTest, RefusesWhatCannotBePutInOrder) {
  deliver("Subject: a\r\n\r\n");
  auto peer = open();
  for (const std::string command : {"SORT (DATE)", "THREAD REFS"}) {
    EXPECT_THAT(peer->ask(command + " X-UNKNOWN ALL"), HasSubstr("NO [BADCHARSET"));
    EXPECT_THAT(peer->ask(command + " UTF-8 ALL"), HasSubstr("x OK"));
  }
}

}  // namespace
}  // namespace imapd
