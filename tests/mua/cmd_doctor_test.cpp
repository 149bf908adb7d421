#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kSilent = "S: * OK ready\n";

TEST(CmdDoctor, TellsEachStep) {
  Trial trial;
  const Ended ended = trial.mua(
      {"doctor"},
      {kSilent,
       imap_session("C: A2 EXAMINE INBOX\nS: * 12 EXISTS\nS: A2 OK done\n", "A3", "QRESYNC")},
      {"S: 220 ready\n", smtp_session("")});
  EXPECT_EQ(ended.code, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("IMAP login         12 messages in INBOX, QRESYNC\n"));
  EXPECT_THAT(ended.out, HasSubstr("SMTP login         takes mail of ann@x.test\n"));
}

TEST(CmdDoctor, GoesOnToTheOtherServer) {
  Trial trial;
  const std::string refused =
      "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n"
      "C: A1 AUTHENTICATE PLAIN AGFubkB4LnRlc3QAc2VjcmV0\nS: A1 NO wrong\n";
  const Ended ended =
      trial.mua({"--json", "doctor"}, {kSilent, refused}, {"S: 220 ready\n", smtp_session("")});
  EXPECT_EQ(ended.code, 5) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("\"step\":\"SMTP login\",\"ok\":true"));
  EXPECT_THAT(ended.out, HasSubstr("\"step\":\"IMAP login\",\"ok\":false"));
}

}  // namespace
}  // namespace mua
