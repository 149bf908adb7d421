#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kLook =
    "C: A2 LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: A2 OK\n"
    "C: A3 STATUS INBOX (MESSAGES)\nS: A3 OK\n"
    "C: A4 EXAMINE INBOX\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A4 OK\n";

TEST(CmdImport, WhatTheServerRefusesIsToldWithItsPlace) {
  Trial trial;
  const auto file =
      trial.write("old", "From a@b Sat Nov 21 12:21:59 2026\nStatus: RO\nA: b\n\nx\n");
  const Ended ended = trial.mua(
      {"import", file.string(), "--json"},
      {imap_session(std::string(kLook) +
                        "C: A5 APPEND INBOX (\\Seen) \"21-Nov-2026 12:21:59 +0000\" {11+}\n"
                        "C: A: b\nC: \nC: x\nC: \nS: A5 NO [OVERQUOTA] full\n",
                    "A6")});
  EXPECT_EQ(ended.code, 7);
  EXPECT_THAT(ended.err, HasSubstr("old, octet 0: NO [OVERQUOTA] full"));
  EXPECT_THAT(ended.out, HasSubstr("\"imported\":0"));
}

TEST(CmdImport, WhatIsNoMailIsRefusedBeforeAnythingIsDone) {
  Trial trial;
  EXPECT_EQ(trial.mua({"import", "/nowhere"}, {}).code, 1);
  const std::string look(kLook);
  const std::string session = imap_session(look.substr(0, look.find("C: A3")), "A9");
  const Ended ended = trial.mua({"import", trial.write("x", "Dear all\n").string()},
                                {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("x, octet 0: no line such as"));
}

}  // namespace
}  // namespace mua
