#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::StartsWith;

using CmdThreadTest = CommandTest;

TEST_F(CmdThreadTest, NewMessagesFindTheirThreads) {
  for (int i = 0; i < 70; ++i)
    deliver("Message-ID: <" + std::to_string(i) + "@x>\r\nIn-Reply-To: <" + std::to_string(i - 1) +
            "@x>\r\nSubject: s" + std::to_string(i) + "\r\n\r\n");
  auto peer = open();
  const auto deep = peer->ask("THREAD REFS UTF-8 ALL");
  EXPECT_THAT(deep, StartsWith("* THREAD (1 2 3 4 5 "));
  deliver("References: <0@x> <1@x> <2@x>\r\nSubject: new\r\n\r\n");
  peer->ask("NOOP");
  EXPECT_THAT(peer->ask("THREAD REFERENCES UTF-8 1:4,71"),
              StartsWith("* THREAD (1 2 3 (4)(71))\n"));
}

}  // namespace
}  // namespace imapd
