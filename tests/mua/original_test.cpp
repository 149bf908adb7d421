#include "mua/original.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(Original, SaysWhoseTheTextWas) {
  mail::imap::Envelope envelope;
  envelope.from = {{"Bob", {"bob", "x.test"}}};
  envelope.subject = "hello\n";
  EXPECT_THAT(forwarded(envelope, "text\n"),
              HasSubstr("From: Bob <bob@x.test>\nDate: \nSubject: hello \nTo: \n\ntext\n"));
}

TEST(Original, AMessageThatIsGoneIsSaid) {
  Trial trial;
  const std::string session = imap_session(
      "C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
      "C: A3 UID FETCH 9 (UID ENVELOPE BODYSTRUCTURE)\nS: A3 OK\n",
      "A9");
  const Ended ended = trial.mua({"reply", "9", "--body", trial.write("b", "x").string()},
                                {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("no message 9"));
}

}  // namespace
}  // namespace mua
