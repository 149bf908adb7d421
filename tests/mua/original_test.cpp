#include "mua/original.hpp"

#include <gmock/gmock.h>

#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/result_of.hpp"
#include "tests/mua/sealed_session.hpp"

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

class SealedOriginal : public crypt::WithKeys {
 protected:
  static Original fetch(const SendOptions& options, const std::string& session) {
    const ScriptedServer server({session});
    const Account account = loopback_account(server.port(), 1);
    return result_of(fetch_original(account, "secret", options)).value();
  }
  static std::string header(const std::string& tag) {
    const std::string text = "From: Zoe <zoe@z.test>\r\nSubject: outside\r\n\r\n";
    return "C: " + tag +
           " UID FETCH 4 (UID BODY.PEEK[HEADER])\nS: * 1 FETCH (UID 4 BODY[HEADER] {" +
           std::to_string(text.size()) + "}\n" + server_lines(text) + ")\nS: " + tag + " OK\n";
  }
  static std::string beginning() {
    return examine_inbox() + encrypted_structure("A3", "ENVELOPE BODYSTRUCTURE");
  }
};

TEST_F(SealedOriginal, IsQuotedAndItsSubjectIsTheOneOutside) {
  SendOptions options;
  options.reply_to_message = "4";
  const Original original = fetch(
      options,
      imap_session(beginning() + header("A4") + whole_message("A5", encrypted_message()), "A6"));
  EXPECT_THAT(original.quoted, HasSubstr("> At ten.\n"));
  EXPECT_TRUE(original.was_encrypted);
  EXPECT_EQ(original.begun.subject, "Re: outside");
}

TEST_F(SealedOriginal, StaysShutWhereItIsNotQuoted) {
  SendOptions options;
  options.reply_to_message = "4";
  options.unquoted = true;
  const Original original = fetch(options, imap_session(beginning() + header("A4"), "A5"));
  EXPECT_EQ(original.quoted, "");
  EXPECT_FALSE(original.was_encrypted);
  EXPECT_EQ(original.begun.to.size(), 1u);
}

TEST_F(SealedOriginal, IsForwardedWithWhatIsAttachedInside) {
  SendOptions options;
  options.forward_message = "4";
  const Original original =
      fetch(options, imap_session(beginning() + whole_message("A4", encrypted_message()), "A5"));
  EXPECT_THAT(original.quoted, HasSubstr("At ten.\n"));
  EXPECT_TRUE(original.was_encrypted);
  ASSERT_EQ(original.begun.attachments.size(), 1u);
  EXPECT_EQ(original.begun.attachments[0].content, "\x01\x02");
}

TEST_F(SealedOriginal, IsNoDraftInTheClear) {
  Trial trial;
  const Ended ended = trial.mua(
      {"reply", "4", "--draft"},
      {imap_session(beginning() + header("A4") + whole_message("A5", encrypted_message()), "A6")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("4 is encrypted, and a draft would not be"));
}

TEST_F(SealedOriginal, IsNotAnsweredInTheClearToSomebodyWithoutAKey) {
  Trial trial;
  const Ended ended = trial.mua(
      {"reply", "4", "--cc", "nobody@x.test", "--body", "/nowhere"},
      {imap_session(beginning() + header("A4") + whole_message("A5", encrypted_message()), "A6")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("there is no key for nobody@x.test"));
}

}  // namespace
}  // namespace mua
