#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using DaemonTest = CommandTest;

TEST_F(DaemonTest, ServesBothPortsAndNamesOneInUse) {
  auto port = domain_.port("imap");
  EXPECT_NE(port, domain_.port("imaps"));
  auto settings = domain_.settings;
  settings.imap.listen = {{"127.0.0.1", port}};
  try {
    Daemon second(settings);
    FAIL() << "two daemons on one port";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(port)));
  }
  EXPECT_THAT(log_in()->ask("NOOP"), StartsWith("x OK"));
}

}  // namespace
}  // namespace imapd
