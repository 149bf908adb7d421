#include "smtpd/srs.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kNoon = 20'778 * kDay + 12 * 3600;  // 2026-11-21, noon

class SrsTest : public testing::Test {
 protected:
  using Fault = Srs::Fault;
  std::string back(const mail::Address& rewritten, std::int64_t now = kNoon) {
    const auto original = srs.original(rewritten, now);
    if (original) return original->to_string();
    return original.error() == Fault::kForged ? "forged" : "expired";
  }
  std::string there_and_back(const mail::Address& sender) {
    return back(srs.rewrite(sender, "example.test", kNoon));
  }

  Srs srs{"the secret"}, second{"another secret"}, third{"a third"};
  const mail::Address carol{"carol", "elsewhere.test"};
};

TEST_F(SrsTest, AnAddressGoesOutAndComesBack) {
  const mail::Address rewritten = srs.rewrite(carol, "example.test", kNoon);
  EXPECT_EQ(rewritten.domain, "example.test");
  EXPECT_TRUE(rewritten.local.starts_with("SRS0="));
  EXPECT_TRUE(rewritten.local.ends_with("=elsewhere.test=carol"));
  EXPECT_EQ(rewritten.local.size(), std::string("SRS0=HHHHHH=TT=elsewhere.test=carol").size());
  EXPECT_EQ(back(rewritten), "carol@elsewhere.test");
  EXPECT_EQ(srs.rewrite(carol, "example.test", kNoon), rewritten) << "the same all day";
  EXPECT_NE(srs.rewrite(carol, "example.test", kNoon + kDay), rewritten);
  EXPECT_NE(second.rewrite(carol, "example.test", kNoon), rewritten);
}

TEST_F(SrsTest, LocalPartsOfEveryKind) {
  for (const char* local : {"a=b", "=", "a b", "dotted.name+tag", "srs", "SRS0", "\xed\x95\x9c"}) {
    const mail::Address odd{local, "elsewhere.test"};
    EXPECT_EQ(there_and_back(odd), odd.to_string()) << local;
  }
  const mail::Address literal{"carol", "[192.0.2.1]"};
  EXPECT_EQ(there_and_back(literal), literal.to_string());
}

TEST_F(SrsTest, WhatIsWrittenCanBeReadAsAnAddress) {
  const mail::Address longest{std::string(64, 'x'), "elsewhere.test"};
  const mail::Address rewritten = srs.rewrite(longest, "example.test", kNoon);
  const auto read = mail::parse_address(rewritten.to_string());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, rewritten);
  EXPECT_EQ(back(*read), longest.to_string());
}

// Exchange and others fold the case of local parts.
TEST_F(SrsTest, CaseDoesNotMatter) {
  mail::Address rewritten = srs.rewrite(carol, "example.test", kNoon);
  for (char& c : rewritten.local) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(back(rewritten), "carol@elsewhere.test");
}

TEST_F(SrsTest, AfterThreeWeeksItIsOver) {
  const mail::Address rewritten = srs.rewrite(carol, "example.test", kNoon);
  EXPECT_EQ(back(rewritten, kNoon + 21 * kDay), "carol@elsewhere.test");
  EXPECT_EQ(back(rewritten, kNoon + 22 * kDay), "expired");
  EXPECT_EQ(back(rewritten, kNoon + 900 * kDay), "expired");
  EXPECT_EQ(back(rewritten, kNoon - kDay), "carol@elsewhere.test")
      << "a clock may be wrong a little";
  EXPECT_EQ(back(rewritten, kNoon - 2 * kDay), "expired");
}

TEST_F(SrsTest, TheDaysBeginAnewNowAndThen) {
  const std::int64_t last_day = 1023 * kDay;
  const mail::Address rewritten = srs.rewrite(carol, "example.test", last_day);
  EXPECT_EQ(back(rewritten, last_day + 5 * kDay), "carol@elsewhere.test");
  EXPECT_EQ(back(rewritten, last_day + 22 * kDay), "expired");
}

TEST_F(SrsTest, WhatWasNotSignedHereIsForged) {
  const mail::Address rewritten = srs.rewrite(carol, "example.test", kNoon);
  EXPECT_EQ(back(second.rewrite(carol, "example.test", kNoon)), "forged");
  for (std::size_t i = 5; i < rewritten.local.size(); ++i) {
    mail::Address changed = rewritten;
    changed.local[i] = changed.local[i] == 'a' ? 'b' : 'a';
    if (std::tolower(rewritten.local[i]) != changed.local[i]) {
      EXPECT_EQ(back(changed), "forged") << changed.local;
    }
  }
  for (const char* local :
       {"SRS0=", "SRS0==", "SRS0=A", "SRS0=A=B", "SRS0=A=B=", "SRS0=A=B=c=", "SRS0=A=B==d",
        "SRS0=AAAAAA=!!=c=d", "SRS0=AAAAAA=A=c=d", "SRS1=", "SRS1=A=b", "SRS1=A=b=", "SRS1=A=b=c",
        "SRS1=A==cc", "SRS2=A=B=c=d", "carol", ""})
    EXPECT_EQ(back({local, "example.test"}), "forged") << local;
}

TEST_F(SrsTest, ForwardedTwiceItGoesBackToTheFirstForwarder) {
  const mail::Address once = second.rewrite(carol, "second.test", kNoon);
  const mail::Address twice = srs.rewrite(once, "example.test", kNoon);
  EXPECT_TRUE(twice.local.starts_with("SRS1="));
  EXPECT_TRUE(twice.local.find("=second.test==") != std::string::npos) << twice.local;
  EXPECT_EQ(back(twice), once.to_string());
  const mail::Address thrice = third.rewrite(twice, "third.test", kNoon);
  EXPECT_TRUE(thrice.local.starts_with("SRS1="));
  EXPECT_TRUE(thrice.local.find("=second.test==") != std::string::npos);
  EXPECT_EQ(thrice.local.size(), twice.local.size()) << "it grows no more";
  EXPECT_EQ(third.original(thrice, kNoon)->to_string(), once.to_string());
  EXPECT_EQ(second.original(*third.original(thrice, kNoon), kNoon)->to_string(),
            "carol@elsewhere.test");
  EXPECT_EQ(back(thrice), "forged") << "of another server";
}

TEST_F(SrsTest, KeepsTheSeparatorsOfOthers) {
  const mail::Address once{"SRS0+abcd=EF=elsewhere.test=carol", "second.test"};
  EXPECT_EQ(there_and_back(once), once.to_string());
}

}  // namespace
}  // namespace smtpd
