#include "mua/crypt/gpg.hpp"

#include <gmock/gmock.h>

#include "tests/mua/crypt/keys.hpp"

namespace mua::crypt {
namespace {

using State = Encryption::State;
using testing::ElementsAre;
using Verdict = Signature::Verdict;

constexpr const char* kText = "Content-Type: text/plain\r\n\r\nAt ten.\r\n";

class Gpg : public WithKeys {
 protected:
  static Signature only(const std::vector<Signature>& signatures) {
    EXPECT_EQ(signatures.size(), 1u);
    return signatures.empty() ? Signature{} : signatures.front();
  }
  static Signature check(const std::string& who, const std::string& over = kText) {
    return only(verify(Method::kOpenPgp, over, keys().signature(who, kText)));
  }
};

TEST_F(Gpg, AGoodSignature) {
  const Signature signature = check("ann@x.test");
  EXPECT_EQ(signature.verdict, Verdict::kGood);
  EXPECT_EQ(signature.signer, "Ann Miller <ann@x.test>");
  EXPECT_THAT(signature.addresses, ElementsAre("ann@x.test"));
  EXPECT_EQ(signature.key.size(), 40u);
  EXPECT_GT(signature.made_at, 1'700'000'000);
}

TEST_F(Gpg, OneOctetChanged) {
  EXPECT_EQ(check("ann@x.test", "Content-Type: text/plain\r\n\r\nAt two.\r\n").verdict,
            Verdict::kBad);
  EXPECT_EQ(check("ann@x.test", "Content-Type: text/plain\n\nAt ten.\n").verdict, Verdict::kBad);
}

TEST_F(Gpg, KeysThatAreNotHereOrExpired) {
  const std::string theirs =
      keys().run("GNUPGHOME=" + keys().elsewhere() + " gpg --batch --armor --detach-sign", kText);
  const Signature unknown = only(verify(Method::kOpenPgp, kText, theirs));
  EXPECT_EQ(unknown.verdict, Verdict::kUnknownKey);
  EXPECT_EQ(unknown.signer, "");
  EXPECT_GE(unknown.key.size(), 16u);
  const std::string old = keys().run(
      "gpg --batch --faked-system-time 20200301T000000 --armor --detach-sign -u olga@x.test",
      kText);
  const Signature expired = only(verify(Method::kOpenPgp, kText, old));
  EXPECT_EQ(expired.verdict, Verdict::kExpired);
  EXPECT_EQ(expired.signer, "Olga <olga@x.test>");
}

TEST_F(Gpg, WhatNobodyVouchesFor) {
  const std::string theirs =
      keys().run("GNUPGHOME=" + keys().elsewhere() + " gpg --batch --armor --detach-sign", kText);
  keys().run("GNUPGHOME=" + keys().elsewhere() +
             " gpg --batch --armor --export | gpg --batch --import");
  EXPECT_EQ(only(verify(Method::kOpenPgp, kText, theirs)).verdict, Verdict::kUntrusted);
  keys().run(
      "gpg --batch --yes --delete-keys $(gpg --list-keys --with-colons stranger@s.test | awk -F: "
      "'/^fpr/{print $10;exit}')");
}

TEST_F(Gpg, NoSignatureAtAll) {
  const Signature none = only(verify(Method::kOpenPgp, kText, "nonsense"));
  EXPECT_EQ(none.verdict, Verdict::kUnchecked);
  EXPECT_NE(none.why, "");
}

TEST_F(Gpg, Decrypts) {
  const Inside inside =
      decrypt(Method::kOpenPgp, keys().encrypted("ann@x.test", kText, "--sign -u zoe@z.test"), "");
  EXPECT_EQ(inside.encryption.state, State::kOpened);
  EXPECT_EQ(inside.octets, kText);
  EXPECT_EQ(only(inside.signatures).verdict, Verdict::kGood);
  EXPECT_EQ(only(inside.signatures).signer, "Zoe <zoe@z.test>");
}

TEST_F(Gpg, DecryptsNothingForOthersNorWhatWasChanged) {
  const std::string for_others = keys().run(
      "GNUPGHOME=" + keys().elsewhere() + " gpg --batch --armor --encrypt -r stranger@s.test",
      kText);
  EXPECT_EQ(decrypt(Method::kOpenPgp, for_others, "").encryption.state, State::kNoKey);
  std::string binary =
      keys().run("gpg --batch --trust-model always --encrypt -r ann@x.test", kText);
  binary[binary.size() - 5] = static_cast<char>(binary[binary.size() - 5] ^ 1);
  const Inside changed = decrypt(Method::kOpenPgp, binary, "");
  EXPECT_EQ(changed.encryption.state, State::kFailed);
  EXPECT_EQ(changed.octets, "");
  EXPECT_EQ(decrypt(Method::kOpenPgp, "nonsense", "").encryption.state, State::kFailed);
}

TEST_F(Gpg, AsksForAPassphrase) {
  const std::string cipher = keys().encrypted("lena@x.test", kText);
  const Inside locked = decrypt(Method::kOpenPgp, cipher, "");
  EXPECT_EQ(locked.encryption.state, State::kLocked);
  EXPECT_EQ(locked.encryption.key, "Lena <lena@x.test>");
  EXPECT_EQ(decrypt(Method::kOpenPgp, cipher, "wrong").encryption.state, State::kWrongWord);
  EXPECT_EQ(decrypt(Method::kOpenPgp, cipher, "sesame").octets, kText);
  keys().run("gpgconf --kill gpg-agent");
}

TEST_F(Gpg, ClearSignedText) {
  const Inside inside =
      unwrap(Method::kOpenPgp, keys().clear_signed("ann@x.test", "At ten.\n- dash\n"));
  EXPECT_EQ(inside.octets, "At ten.\n- dash\n");
  EXPECT_EQ(only(inside.signatures).verdict, Verdict::kGood);
}

TEST_F(Gpg, SignsAndEncrypts) {
  const auto made = sign(kText, "ann@x.test", "");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->micalg.substr(0, 7), "pgp-sha");
  EXPECT_EQ(only(verify(Method::kOpenPgp, kText, made->signature)).verdict, Verdict::kGood);
  EXPECT_EQ(sign(kText, "nobody@x.test", "").error().why,
            "there is no key to sign with for nobody@x.test");
  const auto locked = sign(kText, "lena@x.test", "");
  EXPECT_TRUE(!locked && locked.error().locked);
  EXPECT_TRUE(sign(kText, "lena@x.test", "sesame"));
  keys().run("gpgconf --kill gpg-agent");
  EXPECT_THAT(without_key({"ann@x.test", "nobody@x.test", "olga@x.test"}),
              ElementsAre("nobody@x.test", "olga@x.test"));
  const auto cipher = encrypt(kText, {"ann@x.test", "zoe@z.test"});
  ASSERT_TRUE(cipher);
  EXPECT_EQ(decrypt(Method::kOpenPgp, *cipher, "").octets, kText);
  EXPECT_FALSE(encrypt(kText, {"ann@x.test", "nobody@x.test"}));
}

TEST_F(Gpg, Smime) {
  keys().make_certificate();
  const std::string made =
      keys().run("openssl cms -sign -binary -signer ann.pem -inkey ann.key -outform DER", kText);
  const Signature good = only(verify(Method::kSmime, kText, made));
  EXPECT_EQ(good.verdict, Verdict::kGood);
  EXPECT_EQ(good.signer, "Ann Miller <ann@x.test>");
  EXPECT_EQ(only(verify(Method::kSmime, "something else", made)).verdict, Verdict::kBad);
  const std::string opaque = keys().run(
      "openssl cms -sign -binary -nodetach -signer ann.pem -inkey ann.key -outform DER", kText);
  const Inside signed_inside = unwrap(Method::kSmime, opaque);
  EXPECT_EQ(signed_inside.octets, kText);
  EXPECT_EQ(only(signed_inside.signatures).verdict, Verdict::kGood);
  const std::string cipher =
      keys().run("openssl cms -encrypt -binary -aes256 -outform DER ann.pem", kText);
  const Inside opened = decrypt(Method::kSmime, cipher, "");
  EXPECT_EQ(opened.encryption.state, State::kOpened)
      << static_cast<int>(opened.encryption.state) << opened.encryption.why;
  EXPECT_EQ(opened.octets, kText);
}

TEST_F(Gpg, Names) {
  EXPECT_STREQ(name_of(Method::kOpenPgp), "OpenPGP");
  EXPECT_STREQ(name_of(Method::kSmime), "S/MIME");
  EXPECT_EQ(unavailable(Method::kOpenPgp), "");
}

}  // namespace
}  // namespace mua::crypt
