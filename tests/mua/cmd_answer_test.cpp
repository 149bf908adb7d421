#include <gmock/gmock.h>

#include "tests/mua/calendar/calendars.hpp"
#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/local_trial.hpp"
#include "tests/mua/sealed_session.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

std::string asking_for(const std::string& structure) {
  return examine_inbox() +
         "C: A3 UID FETCH 4 (UID BODYSTRUCTURE)\nS: * 1 FETCH (UID 4 BODYSTRUCTURE " + structure +
         ")\nS: A3 OK\n";
}

std::string invited_by(const std::string& calendar) {
  const std::string size = std::to_string(calendar.size());
  return imap_session(
      asking_for("(\"TEXT\" \"CALENDAR\" (\"charset\" \"utf-8\") NIL NIL \"8BIT\" " + size +
                 " 9)") +
          "C: A4 UID FETCH 4 (UID BODY.PEEK[1])\nS: * 1 FETCH (UID 4 BODY[1] {" + size + "}\n" +
          server_lines(calendar) + ")\nS: A4 OK\n",
      "A5");
}

TEST(CmdAnswer, GoesToTheOrganizer) {
  Trial trial;
  const Ended ended =
      trial.mua({"answer", "4", "accept"}, {invited_by(calendar::kCouncil)},
                {smtp_session("C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<ann@x.test>\n"
                              "S: 550 5.1.1 who?\n")});
  EXPECT_EQ(ended.code, 6);
  EXPECT_THAT(ended.err, HasSubstr("ann@x.test: 550 5.1.1 who?"));
}

TEST(CmdAnswer, WaitsInTheOutbox) {
  LocalTrial trial;
  const Ended ended =
      trial.mua({"answer", "4", "accept", "--queue"}, {invited_by(calendar::kCouncil)});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("in the outbox as "));
  sync::Journal journal(trial.store);
  EXPECT_THAT(journal.content(journal.outbox().at(0).id), HasSubstr("METHOD:REPLY"));
}

TEST(CmdAnswer, OnlyWhatAsksForAnAnswer) {
  Trial trial;
  const Ended cancelled = trial.mua({"answer", "4", "decline"}, {invited_by(calendar::kCancelled)});
  EXPECT_EQ(cancelled.code, 1);
  EXPECT_NE(cancelled.err.find("answer"), std::string::npos);
  const std::string session =
      imap_session(asking_for("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 2 1)"), "A9");
  const Ended none =
      trial.mua({"answer", "4", "tentative"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.err, HasSubstr("there is no invitation in 4"));
  EXPECT_EQ(trial.mua({"answer", "4", "perhaps"}, {}).code, 2);
}

class CmdAnswerSealed : public crypt::WithKeys {};

TEST_F(CmdAnswerSealed, IsAnsweredEncryptedOrNotAtAll) {
  Trial trial;
  mail::Draft invitation;
  std::string calendar = calendar::kCouncil;
  calendar.replace(calendar.find("ann@x.test"), 10, "eve@x.test");
  invitation.alternatives = {{"text/calendar; charset=utf-8; method=REQUEST", calendar}};
  const Ended ended =
      trial.mua({"answer", "4", "accept"},
                {imap_session(examine_inbox() + encrypted_structure("A3") +
                                  whole_message("A4", encrypted_message(std::move(invitation))),
                              "A5")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("there is no key for eve@x.test"));
}

}  // namespace
}  // namespace mua
