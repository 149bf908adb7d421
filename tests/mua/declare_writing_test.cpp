#include <gmock/gmock.h>

#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

using testing::ElementsAre;

TEST(DeclareWriting, ReadsSend) {
  const auto o =
      parse<SendOptions>({"send", "--to", "a@x.test", "--to", "b@x.test", "--cc", "c@x.test",
                          "--subject", "-dash", "--body", "-", "--attach", "f1", "--attach", "f2"});
  EXPECT_THAT(o.to, ElementsAre("a@x.test", "b@x.test"));
  EXPECT_THAT(o.cc, ElementsAre("c@x.test"));
  EXPECT_EQ(o.body, "-");
  EXPECT_THAT(o.attachments, ElementsAre("f1", "f2"));
}

TEST(DeclareWriting, ReplyAndForwardAreKindsOfSend) {
  const auto reply = parse<SendOptions>({"reply", "42", "--all", "--body", "-", "--no-quote"});
  EXPECT_EQ(reply.reply_to_message, "42");
  EXPECT_TRUE(reply.reply_all && reply.unquoted);
  const auto forward =
      parse<SendOptions>({"forward", "Sent:3", "--to", "a@x.test", "--whole", "--draft"});
  EXPECT_EQ(forward.forward_message, "Sent:3");
  EXPECT_TRUE(forward.whole && forward.to_drafts);
  EXPECT_EQ(stop({"send", "--to", "a@x.test", "--no-quote"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"send", "--to", "a@x.test", "--all"}).code, ExitCode::kUsage);
}

TEST(DeclareWriting, AllThatIsSentCanWait) {
  EXPECT_TRUE(parse<SendOptions>({"forward", "7", "--queue", "--signature"}).signature);
  EXPECT_TRUE(parse<BounceOptions>({"bounce", "7", "--to", "a@x.test", "--queue"}).to_outbox);
  EXPECT_TRUE(parse<AnswerOptions>({"answer", "7", "accept", "--queue"}).to_outbox);
  EXPECT_EQ(stop({"send", "--queue", "--draft"}).code, ExitCode::kUsage);
}

TEST(DeclareWriting, ReadsAnswersAndSeals) {
  const auto answer = parse<AnswerOptions>({"answer", "7", "tentative"});
  EXPECT_EQ(answer.id, "7");
  EXPECT_EQ(answer.answer, "tentative");
  const auto sealed = parse<SendOptions>({"reply", "7", "--sign", "--encrypt"});
  EXPECT_TRUE(sealed.sign && sealed.encrypt);
  EXPECT_EQ(stop({"send", "--sign", "--draft"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace mua
