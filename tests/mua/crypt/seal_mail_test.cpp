#include "mua/crypt/seal_mail.hpp"

#include "mail/compose.hpp"
#include "mail/header.hpp"
#include "mua/crypt/open.hpp"
#include "tests/mua/crypt/keys.hpp"

namespace mua::crypt {
namespace {

class SealMail : public WithKeys {
 protected:
  static std::string message() {
    mail::Draft draft;
    draft.from = {"Ann", {"ann", "x.test"}};
    draft.to = {{"Zoe", {"zoe", "z.test"}}};
    draft.subject = "Plan";
    draft.text = "At ten.\n\n-- \nAnn\n";
    draft.attachments = {{"a.txt", "", "attached"}};
    draft.message_id = "<1@x.test>";
    draft.form = mail::TextForm::kExact;
    return mail::compose(draft, mail::BccField::kOmit);
  }
  static SealWish wish(bool sign, bool encrypt) {
    return {sign, encrypt, "ann@x.test", {"zoe@z.test"}, ""};
  }
};

TEST_F(SealMail, Signed) {
  const auto sealed = seal(message(), wish(true, false));
  ASSERT_TRUE(sealed) << sealed.error().why;
  EXPECT_EQ(mail::find_fields(*sealed, "Content-Type").size(), 1u);
  EXPECT_EQ(mail::field_value(*sealed, "Subject"), "Plan");
  EXPECT_NE(sealed->find("--=20\r\n"), std::string::npos);
  const Opened opened = open_message(*sealed, "");
  ASSERT_EQ(opened.signatures.size(), 1u);
  EXPECT_EQ(opened.signatures[0].verdict, Signature::Verdict::kGood);
  EXPECT_TRUE(opened.signatures[0].all);
}

TEST_F(SealMail, SignedAndEncrypted) {
  const auto sealed = seal(message(), wish(true, true));
  ASSERT_TRUE(sealed) << sealed.error().why;
  EXPECT_EQ(sealed->find("At ten."), std::string::npos);
  const Opened opened = open_message(*sealed, "");
  EXPECT_EQ(opened.encryptions.at(0).state, Encryption::State::kOpened);
  EXPECT_EQ(opened.signatures.at(0).verdict, Signature::Verdict::kGood);
  EXPECT_NE(opened.octets.find("At ten."), std::string::npos);
}

TEST_F(SealMail, SomebodyHasNoKey) {
  SealWish other = wish(false, true);
  other.recipients.push_back("nobody@x.test");
  EXPECT_EQ(seal(message(), other).error().why, "there is no key for nobody@x.test");
  other = wish(true, false);
  other.sender = "lena@x.test";
  EXPECT_TRUE(seal(message(), other).error().locked);
}

}  // namespace
}  // namespace mua::crypt
