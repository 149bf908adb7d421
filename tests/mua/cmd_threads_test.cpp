#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(CmdThreads, AnswersStandBelowWhatTheyAnswer) {
  LocalTrial trial;
  trial.put(1, "question");
  trial.put(2, "Re: question", "1");
  trial.put(3, "another");
  const Ended text = trial.mua({"threads"}, {});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("  Re: question\n"));
  const Ended json = trial.mua({"threads", "--json", "--limit", "1"}, {});
  EXPECT_THAT(json.out, HasSubstr("[{\"count\":1,\"unread\":1,\"subject\":\"another\""));
  EXPECT_THAT(json.out, HasSubstr("\"id\":\"INBOX:7:3\""));
}

TEST(CmdThreads, SaysHowAMailboxComesHere) {
  LocalTrial trial;
  const Ended ended = trial.mua({"threads"}, {});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("mua sync"));
}

}  // namespace
}  // namespace mua
