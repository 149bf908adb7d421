#include "mua/seals.hpp"

#include <gtest/gtest.h>

#include "mua/exit_code.hpp"

namespace mua {
namespace {

using crypt::Encryption;
using crypt::Signature;

const std::vector<mail::NamedAddress> kAnn{{"Ann", {"ann", "x.test"}}};

Signature by_ann() {
  Signature out;
  out.verdict = Signature::Verdict::kGood;
  out.signer = "Ann <ann@x.test>";
  out.addresses = {"ann@x.test"};
  out.key = "0123456789ABCDEF";
  return out;
}

TEST(Seals, GoodIsWhatItsAuthorSignedWhole) {
  crypt::Opened opened;
  EXPECT_FALSE(has_seals(opened));
  opened.signatures = {by_ann()};
  EXPECT_TRUE(has_seals(opened) && all_good(opened, kAnn));
  EXPECT_FALSE(all_good(opened, {{"Eve", {"eve", "x.test"}}}));
  opened.signatures[0].all = false;
  EXPECT_FALSE(all_good(opened, kAnn));
  opened.signatures = {by_ann(), by_ann()};
  opened.signatures[1].verdict = Signature::Verdict::kUntrusted;
  EXPECT_FALSE(all_good(opened, kAnn));
}

TEST(Seals, WhatStaysShutIsNotGood) {
  crypt::Opened opened;
  opened.encryptions.resize(1);
  opened.encryptions[0].state = Encryption::State::kOpened;
  EXPECT_TRUE(all_good(opened, kAnn));
  opened.encryptions[0].state = Encryption::State::kNoKey;
  EXPECT_TRUE(is_shut(opened));
  EXPECT_FALSE(all_good(opened, kAnn));
  EXPECT_EQ(seals_json(opened, kAnn).at("encryptions").at(0).at("state"), "no-key");
}

TEST(Seals, AreToldInWordsAndAsJson) {
  crypt::Opened opened;
  opened.signatures = {by_ann()};
  EXPECT_EQ(seals_text(opened, kAnn),
            "good signature by Ann <ann@x.test> (OpenPGP 0123456789ABCDEF)\n");
  const boost::json::value json = seals_json(opened, kAnn).at("signatures").at(0);
  EXPECT_EQ(json.at("verdict"), "good");
  EXPECT_EQ(json.at("addresses").at(0), "ann@x.test");
  EXPECT_EQ(json.at("good"), true);
}

TEST(Seals, NothingIsDoneToWhatNobodyWantsSealed) {
  EXPECT_NO_THROW(require_keys({}));
  EXPECT_EQ(seal_message("Subject: x\r\n\r\nhi\r\n", {}), "Subject: x\r\n\r\nhi\r\n");
}

}  // namespace
}  // namespace mua
