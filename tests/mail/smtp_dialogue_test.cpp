#include "mail/smtp_dialogue.hpp"

#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

ClientOptions plain_options() {
  ClientOptions options;
  options.hostname = "client.test";
  options.security = ClientOptions::Security::kNone;
  return options;
}

TEST(SmtpDialogue, KnowsWhereItStands) {
  Dialogue dialogue(plain_options());
  EXPECT_EQ(dialogue.stage(), Stage::kConnect);
  dialogue.receive("220-mx.test");
  EXPECT_EQ(dialogue.stage(), Stage::kGreeting);
  dialogue.receive("220 ready");
  EXPECT_EQ(dialogue.out, "EHLO client.test\r\n");
  EXPECT_EQ(dialogue.stage(), Stage::kHello);
  dialogue.lost("reset");
  ASSERT_TRUE(dialogue.failure);
  EXPECT_EQ(dialogue.failure->stage, Stage::kHello);
  EXPECT_TRUE(dialogue.failure->local);
}

/// How many of 150 commands are sent before a reply.
std::size_t ahead(const std::string& hello) {
  Dialogue dialogue(plain_options());
  dialogue.receive("220 ready");
  dialogue.receive("250-mx.test");
  dialogue.receive(hello);
  for (int i = 0; i < 150; ++i) dialogue.enqueue(Dialogue::Verb::kReset, "RSET");
  dialogue.pump();
  EXPECT_EQ(dialogue.awaited.size() + dialogue.waiting.size(), 150U);
  return dialogue.awaited.size();
}

TEST(SmtpDialogue, RunsAheadOnlyOfAServerThatPipelines) {
  EXPECT_EQ(ahead("250 PIPELINING"), 100U);
  EXPECT_EQ(ahead("250 SIZE"), 1U);
}

TEST(SmtpDialogue, AReplyThatMakesNoSenseIsARefusalForNow) {
  Dialogue dialogue(plain_options());
  dialogue.outcomes.resize(1);
  dialogue.standings.assign(1, Dialogue::Standing::kOpen);
  dialogue.decide(0, {Reply(354, "", "go"), Stage::kRecipient, false});
  EXPECT_TRUE(dialogue.outcomes[0].reply.transient());
  EXPECT_TRUE(dialogue.outcomes[0].local);
  dialogue.decide(0, {Reply(550, "5.1.1", "who?"), Stage::kRecipient, false});
  EXPECT_EQ(dialogue.outcomes[0].reply.code, 451) << "what is decided stays";
}

}  // namespace
}  // namespace mail::smtp
