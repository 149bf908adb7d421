#include "mua/crypt/open.hpp"

#include <gmock/gmock.h>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mail/transfer_encoding.hpp"
#include "tests/mua/crypt/keys.hpp"

namespace mua::crypt {
namespace {

using State = Encryption::State;
using Verdict = Signature::Verdict;

class Open : public WithKeys {
 protected:
  static constexpr const char* kTop =
      "From: Ann <ann@x.test>\r\nSubject: outside\r\nMIME-Version: 1.0\r\n";

  static std::string crlf(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
    return out;
  }
  static std::string signed_entity(const std::string& content,
                                   const std::string& who = "ann@x.test") {
    return "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; "
           "micalg=pgp-sha512; boundary=s\r\n\r\n"
           "preamble\r\n--s\r\n" +
           content + "\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n" +
           crlf(keys().signature(who, content)) + "\r\n--s--\r\n";
  }
  static std::string encrypted_entity(const std::string& content,
                                      const std::string& to = "ann@x.test") {
    return "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
           "boundary=e\r\n\r\n"
           "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
           "--e\r\nContent-Type: application/octet-stream\r\n\r\n" +
           crlf(keys().encrypted(to, content)) + "\r\n--e--\r\n";
  }
  static constexpr const char* kText =
      "Content-Type: text/plain; charset=utf-8\r\n\r\nThe answer is  \r\nten.\r\n";
};

TEST_F(Open, SignedOverTheExactOctets) {
  const std::string message = kTop + signed_entity(kText);
  const Opened opened = open_message(message, "");
  ASSERT_EQ(opened.signatures.size(), 1u);
  EXPECT_EQ(opened.signatures[0].verdict, Verdict::kGood);
  EXPECT_TRUE(opened.signatures[0].all);
  EXPECT_EQ(opened.octets, "");
  std::string changed = message;
  changed.replace(changed.find("ten."), 4, "two.");
  EXPECT_EQ(open_message(changed, "").signatures.at(0).verdict, Verdict::kBad);
}

TEST_F(Open, AListsFooterIsNotSigned) {
  const Opened opened =
      open_message(kTop + std::string("Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n") +
                       signed_entity(kText) + "\r\n--m\r\n\r\nleave the list\r\n--m--\r\n",
                   "");
  ASSERT_EQ(opened.signatures.size(), 1u);
  EXPECT_EQ(opened.signatures[0].verdict, Verdict::kGood);
  EXPECT_FALSE(opened.signatures[0].all);
}

TEST_F(Open, Encrypted) {
  const Opened opened = open_message(kTop + encrypted_entity(kText), "");
  ASSERT_EQ(opened.encryptions.size(), 1u);
  EXPECT_EQ(opened.encryptions[0].state, State::kOpened);
  EXPECT_EQ(opened.octets, kTop + std::string(kText));
}

TEST_F(Open, SignedInEncryptedWithProtectedFields) {
  const std::string inner =
      "From: Ann <ann@x.test>\r\nSubject: inside\r\nContent-Type: multipart/signed; "
      "protected-headers=v1; protocol=\"application/pgp-signature\"; boundary=s\r\n\r\n" +
      signed_entity(kText).substr(signed_entity(kText).find("preamble"));
  const Opened opened = open_message(kTop + encrypted_entity(inner), "");
  EXPECT_EQ(opened.signatures.at(0).verdict, Verdict::kGood);
  EXPECT_EQ(mail::field_value(opened.octets, "Subject"), "inside");
  EXPECT_EQ(mail::find_fields(opened.octets, "Subject").size(), 1u);
  EXPECT_EQ(mail::find_fields(opened.octets, "From").size(), 1u);
}

TEST_F(Open, ASubjectThatIsNotProtectedStaysOutside) {
  const Opened opened =
      open_message(kTop + encrypted_entity("Subject: inside\r\n" + std::string(kText)), "");
  EXPECT_EQ(mail::field_value(opened.octets, "Subject"), "outside");
}

TEST_F(Open, EncryptedForOthers) {
  keys().run("GNUPGHOME=" + keys().elsewhere() +
             " gpg --batch --armor --export | gpg --batch --import");
  const Opened opened = open_message(kTop + encrypted_entity(kText, "stranger@s.test"), "");
  EXPECT_EQ(opened.encryptions.at(0).state, State::kNoKey);
  EXPECT_EQ(opened.octets, "");
}

TEST_F(Open, OpenPgpInTheText) {
  const std::string top = kTop + std::string("Content-Type: text/plain; charset=utf-8\r\n\r\n");
  const Opened clear = open_message(top + crlf(keys().clear_signed("ann@x.test", "At ten.\n")), "");
  EXPECT_EQ(clear.signatures.at(0).verdict, Verdict::kGood);
  EXPECT_TRUE(clear.signatures.at(0).all);
  EXPECT_EQ(clear.octets, top.substr(0, top.size() - 2) +
                              "Content-Transfer-Encoding: 8bit\r\n\r\nAt ten.\r\n\r\n");
  const Opened some =
      open_message(top + "Before.\r\n" + crlf(keys().clear_signed("ann@x.test", "At ten.\n")), "");
  EXPECT_FALSE(some.signatures.at(0).all);
  const Opened cipher = open_message(top + crlf(keys().encrypted("ann@x.test", "At ten.\n")), "");
  EXPECT_EQ(cipher.encryptions.at(0).state, State::kOpened);
  EXPECT_NE(cipher.octets.find("\r\n\r\nAt ten.\n"), std::string::npos);
}

TEST_F(Open, Smime) {
  keys().make_certificate();
  const auto entity = [](const std::string& kind, const std::string& der) {
    return "Content-Type: application/pkcs7-mime; smime-type=" + kind +
           "; name=smime.p7m\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\n" +
           mail::encode_base64_body(der);
  };
  const std::string opaque = keys().run(
      "openssl cms -sign -binary -nodetach -signer ann.pem -inkey ann.key -outform DER", kText);
  const Opened signed_mail = open_message(kTop + entity("signed-data", opaque), "");
  EXPECT_EQ(signed_mail.signatures.at(0).verdict, Verdict::kGood);
  EXPECT_EQ(signed_mail.octets, kTop + std::string(kText));
  const std::string cipher = keys().run("openssl cms -encrypt -binary -aes256 -outform DER ann.pem",
                                        entity("signed-data", opaque));
  const Opened both = open_message(kTop + entity("enveloped-data", cipher), "");
  EXPECT_EQ(both.encryptions.at(0).state, State::kOpened);
  EXPECT_EQ(both.signatures.at(0).verdict, Verdict::kGood);
  EXPECT_EQ(both.octets, kTop + std::string(kText));
}

TEST_F(Open, NonsenseIsToldNotTrusted) {
  const Opened opened = open_message(
      kTop + std::string("Content-Type: multipart/signed; "
                         "boundary=s\r\n\r\n--s\r\n\r\nx\r\n--s\r\n\r\ny\r\n--s--\r\n"),
      "");
  EXPECT_EQ(opened.signatures.at(0).verdict, Verdict::kUnchecked);
  EXPECT_TRUE(open_message("", "").signatures.empty());
  EXPECT_TRUE(open_message(kTop + std::string("\r\nplain\r\n"), "").signatures.empty());
}

TEST(IsSealed, ByStructureAndText) {
  mail::imap::BodyPart mixed, inner;
  mixed.type = inner.type = "multipart";
  mixed.subtype = "mixed";
  inner.subtype = "signed";
  EXPECT_FALSE(is_sealed(mixed));
  mixed.children = {inner};
  EXPECT_TRUE(is_sealed(mixed));
  inner.type = "application";
  inner.subtype = "x-pkcs7-mime";
  EXPECT_TRUE(is_sealed(inner));
  EXPECT_TRUE(is_sealed_text("hello\n-----BEGIN PGP MESSAGE-----\n"));
  EXPECT_TRUE(is_sealed_text("-----BEGIN PGP SIGNED MESSAGE-----\n"));
  EXPECT_FALSE(is_sealed_text("> -----BEGIN PGP MESSAGE-----\n"));
  EXPECT_FALSE(is_sealed_text("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
}

TEST(IsWrapped, WhatIsOnlySignedInTheClearIsNot) {
  mail::imap::BodyPart part;
  part.type = "multipart";
  part.subtype = "signed";
  EXPECT_FALSE(is_wrapped(part));
  part.children.emplace_back();
  part.children[0].type = "multipart";
  part.children[0].subtype = "encrypted";
  EXPECT_TRUE(is_wrapped(part));
  part.children[0].type = "application";
  part.children[0].subtype = "pkcs7-mime";
  EXPECT_TRUE(is_wrapped(part));
  EXPECT_TRUE(is_wrapped_text("hi\n-----BEGIN PGP MESSAGE-----\n"));
  EXPECT_FALSE(is_wrapped_text("> -----BEGIN PGP MESSAGE-----\n"));
  EXPECT_FALSE(is_wrapped_text("-----BEGIN PGP SIGNED MESSAGE-----\n"));
}

}  // namespace
}  // namespace mua::crypt
