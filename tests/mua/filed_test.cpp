#include "mua/filed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

// Filing is done by send --draft, marking by reply.
TEST(Filed, ADraftGoesIntoDrafts) {
  Trial trial;
  std::string content;
  for (int line = 0; line < 10; ++line) content += "C: ...\n";
  const Ended ended = trial.mua(
      {"send", "--draft", "--to", "bob@x.test", "--subject", "x", "--body",
       trial.write("body", "hi\n").string(), "--json"},
      {imap_session("C: A2 LIST \"\" \"*\"\nS: * LIST (\\Drafts) \"/\" Begun\nS: A2 OK\nC: ...\n" +
                        content + "C: \nS: A3 OK [APPENDUID 8 5] kept\n",
                    "A4")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, testing::HasSubstr("\"draft\":\"Begun:8:5\""));
}

}  // namespace
}  // namespace mua
