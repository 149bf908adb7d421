#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

TEST(CmdSync, SaysWhatIsHereAlsoWhenTheServerRefuses) {
  LocalTrial trial;
  trial.put(4, "hello");
  const Ended ended = trial.mua({"sync", "--json"},
                                {"S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: ...\n"
                                 "S: A1 NO [AUTHENTICATIONFAILED] wrong\n"});
  EXPECT_EQ(ended.code, 5);
  EXPECT_THAT(ended.out, testing::HasSubstr("\"messages\":1"));
}

}  // namespace
}  // namespace mua
