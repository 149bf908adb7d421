#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/compose.hpp"
#include "mua/seals.hpp"
#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/sealed_session.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

class CmdVerify : public crypt::WithKeys {
 protected:
  static std::string message(bool sign, bool encrypt, const std::string& from = "ann@x.test") {
    mail::Draft draft;
    draft.from = {"", *mail::parse_address(from)};
    draft.to = {{"Zoe", {"zoe", "z.test"}}};
    draft.subject = "Plan";
    draft.text = "At ten.\n";
    draft.message_id = "<1@x.test>";
    draft.form = mail::TextForm::kExact;
    return seal_message(mail::compose(draft, mail::BccField::kKeep),
                        {sign, encrypt, "ann@x.test", {"zoe@z.test"}, ""});
  }
  Ended verify(const std::string& octets, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"verify", "4"});
    return trial_.mua(more, {imap_session(examine_inbox() + whole_message("A3", octets), "A4")});
  }
  Trial trial_;
};

TEST_F(CmdVerify, SaysWhoseSignatureIsGood) {
  const Ended ended = verify(message(true, true));
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("encrypted (OpenPGP)\n"));
  EXPECT_THAT(ended.out, HasSubstr("good signature by Ann Miller <ann@x.test>"));
  const Ended json = verify(message(true, false), {"--json"});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_THAT(json.out, HasSubstr("\"verdict\":\"good\""));
  EXPECT_THAT(json.out, HasSubstr("\"id\":\"INBOX:7:4\""));
}

TEST_F(CmdVerify, WhatWasChangedOrIsSomebodyElsesIsNotGood) {
  std::string changed = message(true, false);
  changed.replace(changed.find("At ten."), 7, "At two.");
  const Ended ended = verify(changed);
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.out, HasSubstr("BAD SIGNATURE"));
  const Ended other = verify(message(true, false, "eve@x.test"));
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.out, HasSubstr("but the mail says it is from"));
}

TEST_F(CmdVerify, SaysThatThereIsNothingToCheck) {
  const Ended ended = verify(message(false, false));
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("neither signed nor encrypted"));
}

TEST_F(CmdVerify, ReadShowsWhatIsEncrypted) {
  const std::string fetch =
      "C: A3 UID FETCH 4 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)\n"
      "S: * 1 FETCH (UID 4 FLAGS ())\nS: A3 OK\n";
  const auto session = [&] {
    return imap_session(examine_inbox() + fetch + whole_message("A4", message(true, true)), "A5");
  };
  const Ended ended = trial_.mua({"read", "4", "--decrypt", "--peek"}, {session()});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("good signature by Ann"));
  EXPECT_THAT(ended.out, HasSubstr("Subject: Plan\n\nAt ten.\n"));
  const Ended json = trial_.mua({"read", "4", "--decrypt", "--peek", "--json"}, {session()});
  EXPECT_THAT(json.out, HasSubstr("\"text\":\"At ten.\\n\""));
  EXPECT_THAT(json.out, HasSubstr("\"state\":\"opened\""));
}

TEST_F(CmdVerify, NothingIsWrittenToSomebodyWithoutAKey) {
  const Ended ended =
      trial_.mua({"send", "--encrypt", "--to", "nobody@x.test", "--body", "/nowhere"}, {});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.err, HasSubstr("there is no key for nobody@x.test"));
}

}  // namespace
}  // namespace mua
