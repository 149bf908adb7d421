#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(Run, SaysWhatIsWrongAndHowToGoOn) {
  Trial trial;
  const Ended login =
      trial.mua({"ls"}, {"S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: ...\n"
                         "S: A1 NO [AUTHENTICATIONFAILED] wrong\n"});
  EXPECT_EQ(login.code, 5);
  EXPECT_THAT(login.err, HasSubstr("[AUTHENTICATIONFAILED] wrong\n  Check user and password"));
  const Ended full = trial.mua({"ls"}, {"S: * BYE too many connections\n"});
  EXPECT_EQ(full.code, 6);
  EXPECT_THAT(full.err, HasSubstr("too many connections"));
  const Ended nonsense = trial.mua({"ls"}, {"S: SSH-2.0-OpenSSH_9.2\n"});
  EXPECT_EQ(nonsense.code, 4);
  const Ended closed = trial.mua({"ls"}, {""});
  EXPECT_EQ(closed.code, 4);
}

TEST(Run, UsageAndHelp) {
  Trial trial;
  EXPECT_EQ(trial.mua({"ls", "--bogus"}, {}).code, 2);
  EXPECT_EQ(trial.mua({"read", "x"}, {}).code, 2);
  const Ended help = trial.mua({"--help"}, {});
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.out, HasSubstr("Exit status"));
  EXPECT_EQ(trial.mua({"--account", "nobody@x.test", "ls"}, {}).code, 3);
}

}  // namespace
}  // namespace mua
