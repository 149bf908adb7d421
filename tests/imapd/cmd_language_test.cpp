#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using CmdLanguageTest = CommandTest;

TEST_F(CmdLanguageTest, SpeaksEnglishByEitherName) {
  auto peer = connect();
  EXPECT_THAT(peer->ask("LANGUAGE"), HasSubstr("* LANGUAGE (i-default en)\nx OK"));
  EXPECT_THAT(peer->ask("LANGUAGE de fr EN-gb-oed"), HasSubstr("* LANGUAGE (en)\nx OK"));
  EXPECT_THAT(peer->ask("LANGUAGE \"*\""), HasSubstr("* LANGUAGE (i-default)\nx OK"));
  EXPECT_THAT(peer->ask("LANGUAGE DEFAULT"), HasSubstr("* LANGUAGE (i-default)\nx OK"));
}

TEST_F(CmdLanguageTest, RefusesOthers) {
  auto peer = connect();
  EXPECT_THAT(peer->ask("LANGUAGE de ko"), HasSubstr("x NO"));
  EXPECT_THAT(peer->ask("LANGUAGE e"), HasSubstr("x NO"));
  EXPECT_THAT(peer->ask("LANGUAGE -en"), HasSubstr("x BAD"));
  EXPECT_THAT(peer->ask("LANGUAGE \"a b\""), HasSubstr("x BAD"));
}

}  // namespace
}  // namespace imapd
