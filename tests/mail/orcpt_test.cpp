#include "mail/orcpt.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(Orcpt, XtextIsDecoded) {
  EXPECT_EQ(decode_xtext("QQ+2B1"), "QQ+1");
  EXPECT_EQ(decode_orcpt("rfc822;Bob+40example.test"), "rfc822;Bob@example.test");
  EXPECT_EQ(decode_orcpt(""), "");
  EXPECT_EQ(decode_orcpt("bob"), "");
}

TEST(Orcpt, WhatWouldBreakOutStaysEncoded) {
  EXPECT_EQ(decode_xtext("a+0D+0AX-Evil:"), "a+0D+0AX-Evil:");
  EXPECT_EQ(decode_xtext("caf+E9"), "caf+E9");
  EXPECT_EQ(decode_xtext("no+xtext"), "no+xtext");
}

TEST(Orcpt, EmbeddedCharactersOfInternationalAddresses) {
  EXPECT_EQ(decode_orcpt("utf-8;\\x{B2E4}\\x{BE0C}+40far.test"), "utf-8;다브@far.test");
  EXPECT_EQ(decode_orcpt("UTF-8;\\x{E9}\\x{1F4EE}"), "UTF-8;é📮");
  for (const char* kept : {"utf-8;\\x{20}", "utf-8;\\x{D800}", "utf-8;\\x{110000}", "utf-8;\\x{",
                           "utf-8;\\x{zz}", "utf-8;\\x{}", "rfc822;\\x{B2E4}"}) {
    EXPECT_EQ(decode_orcpt(kept), kept);
  }
}

}  // namespace
}  // namespace mail
