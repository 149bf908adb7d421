#include "mua/screen/seal_lines.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

using crypt::Encryption;
using crypt::Signature;
using Verdict = Signature::Verdict;

const std::vector<mail::NamedAddress> kAnn{{"Ann", {"ann", "x.test"}}};

Line line_of(Signature signature, const std::vector<mail::NamedAddress>& from = kAnn) {
  if (signature.signer.empty()) signature.signer = "Ann <ann@x.test>";
  if (signature.addresses.empty()) signature.addresses = {"Ann@X.test"};
  signature.key = "0123456789ABCDEF0123456789ABCDEF";
  crypt::Opened opened;
  opened.signatures = {signature};
  return seal_lines(opened, from).at(0);
}

Signature with(Verdict verdict) {
  Signature out;
  out.verdict = verdict;
  return out;
}

TEST(SealLines, Signatures) {
  EXPECT_EQ(
      line_of(with(Verdict::kGood)),
      (Line{"good signature by Ann <ann@x.test> (OpenPGP 0123456789ABCDEF)", Tone::kGood, 0}));
  EXPECT_EQ(line_of(with(Verdict::kBad)).text,
            "BAD SIGNATURE: this is not what Ann <ann@x.test> signed (OpenPGP 0123456789ABCDEF)");
  EXPECT_EQ(line_of(with(Verdict::kBad)).tone, Tone::kAlert);
  EXPECT_EQ(line_of(with(Verdict::kUnknownKey)).text,
            "signed with a key that is not here; it can't be checked (OpenPGP 0123456789ABCDEF)");
  EXPECT_EQ(line_of(with(Verdict::kExpired)).text,
            "signed by Ann <ann@x.test>, but the key or the signature has expired (OpenPGP "
            "0123456789ABCDEF)");
  EXPECT_EQ(line_of(with(Verdict::kRevoked)).tone, Tone::kAlert);
  EXPECT_EQ(line_of(with(Verdict::kUntrusted)).tone, Tone::kDim);
  Signature unchecked = with(Verdict::kUnchecked);
  unchecked.why = "gpg is not installed";
  EXPECT_EQ(line_of(unchecked).text,
            "signed (OpenPGP 0123456789ABCDEF), not checked: gpg is not installed");
}

TEST(SealLines, AnotherThanFrom) {
  const std::vector<mail::NamedAddress> zoe{{"Zoe", {"zoe", "z.test"}}};
  EXPECT_EQ(
      line_of(with(Verdict::kGood), zoe),
      (Line{"good signature by Ann <ann@x.test> (OpenPGP 0123456789ABCDEF); but the mail says "
            "it is from Zoe <zoe@z.test>",
            Tone::kAlert, 0}));
  EXPECT_EQ(line_of(with(Verdict::kGood), {}).tone, Tone::kAlert);
  Signature part = with(Verdict::kGood);
  part.all = false;
  EXPECT_TRUE(line_of(part).text.ends_with("; only a part of this mail is signed"));
}

TEST(SealLines, Encryption) {
  const auto line = [](Encryption::State state) {
    crypt::Opened opened;
    opened.encryptions = {{crypt::Method::kSmime, state, "Ann", "no program"}};
    return seal_lines(opened, kAnn).at(0).text;
  };
  EXPECT_EQ(line(Encryption::State::kOpened), "encrypted (S/MIME)");
  EXPECT_EQ(
      line(Encryption::State::kNoKey),
      "encrypted (S/MIME): there is no key to it here, or none that opens without a window to "
      "ask for its passphrase");
  EXPECT_EQ(line(Encryption::State::kLocked),
            "encrypted (S/MIME): the key of Ann wants its passphrase; :verify asks for it");
  EXPECT_EQ(
      line(Encryption::State::kWrongWord),
      "encrypted (S/MIME): that was not the passphrase of the key of Ann; :verify asks again");
  EXPECT_EQ(line(Encryption::State::kFailed),
            "encrypted (S/MIME), and it can't be read: no program");
  EXPECT_EQ(line(Encryption::State::kUnchecked), "encrypted (S/MIME), not opened: no program");
}

}  // namespace
}  // namespace mua::screen
