#include "sendmail/addresses.hpp"

#include <gtest/gtest.h>

namespace sendmail {
namespace {

using Addresses = std::vector<mail::Address>;

const std::string kDomain = "example.test";

TEST(Addresses, NamesWithoutADomainBelongHere) {
  EXPECT_EQ(read_addresses("root", kDomain).value(), (Addresses{{"root", kDomain}}));
  EXPECT_EQ(read_addresses("Ann <ann@far.test>, bob (Bob), \"a b\"@x.test", kDomain).value(),
            (Addresses{{"ann", "far.test"}, {"bob", kDomain}, {"a b", "x.test"}}));
  EXPECT_TRUE(read_addresses("undisclosed-recipients:;", kDomain).value().empty());
  EXPECT_TRUE(read_addresses("", kDomain).value().empty());
}

TEST(Addresses, WhatNoCommandCanSayIsNamed) {
  EXPECT_EQ(read_addresses("bob@far..test", kDomain).error(), "bob@far..test");
  EXPECT_FALSE(read_addresses(std::string(300, 'x'), kDomain));
  EXPECT_FALSE(
      read_addresses("\"a\x01"
                     "b\"@far.test",
                     kDomain));
}

TEST(Addresses, TheSenderIsOneOrNobody) {
  EXPECT_TRUE(read_sender("", kDomain).value().is_null());
  EXPECT_TRUE(read_sender(" <> ", kDomain).value().is_null());
  EXPECT_EQ(read_sender("root", kDomain).value(), (mail::Address{"root", kDomain}));
  EXPECT_FALSE(read_sender("a, b", kDomain));
}

TEST(Addresses, OfToCcAndBcc) {
  EXPECT_EQ(
      header_recipients("To: bob,\r\n ann@far.test\r\nCC: bob\r\nBcc: carol\r\nto: dave\r\n\r\n"
                        "To: nobody\r\n",
                        kDomain)
          .value(),
      (Addresses{{"bob", kDomain}, {"ann", "far.test"}, {"dave", kDomain}, {"carol", kDomain}}));
}

TEST(Addresses, OfAResentMessageThoseItIsResentTo) {
  EXPECT_EQ(
      header_recipients("To: bob\r\nResent-To: carol\r\nResent-Bcc: dave\r\n\r\n", kDomain).value(),
      (Addresses{{"carol", kDomain}, {"dave", kDomain}}));
}

TEST(Addresses, BrokenHeadersBreakNothing) {
  EXPECT_TRUE(header_recipients("", kDomain).value().empty());
  EXPECT_TRUE(header_recipients("just text\r\n", kDomain).value().empty());
  EXPECT_TRUE(header_recipients("To:\r\n\r\n", kDomain).value().empty());
}

}  // namespace
}  // namespace sendmail
