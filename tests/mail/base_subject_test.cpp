#include "mail/base_subject.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mail {
namespace {

std::string base(std::string_view subject) { return base_subject(subject).text; }
bool is_reply(std::string_view subject) { return base_subject(subject).is_reply; }

TEST(BaseSubject, LeavesOthersAlone) {
  EXPECT_EQ(base("Lunch"), "Lunch");
  EXPECT_EQ(base("Re"), "Re");
  EXPECT_EQ(base("Recall: all"), "Recall: all");
  EXPECT_EQ(base("fw d: x"), "fw d: x");
  EXPECT_EQ(base(""), "");
  EXPECT_FALSE(is_reply("Lunch"));
}

TEST(BaseSubject, MakesWhiteSpaceSingleBlanks) {
  EXPECT_EQ(base("  a \t b\r\n c  "), "a b c");
  EXPECT_FALSE(is_reply("  a "));
}

TEST(BaseSubject, TakesLeadersOff) {
  EXPECT_EQ(base("Re: a"), "a");
  EXPECT_EQ(base("RE  : Fwd: fw: a"), "a");
  EXPECT_EQ(base("Re[2]: a"), "a");
  EXPECT_EQ(base("[list] Re: [other] a"), "a");
  EXPECT_EQ(base("[a][b] Re: c"), "c");
  EXPECT_EQ(base("Re:"), "");
  EXPECT_TRUE(is_reply("[list] Re [x]: a"));
}

TEST(BaseSubject, TakesBlobsOffUnlessNothingIsLeft) {
  EXPECT_EQ(base("[list] a"), "a");
  EXPECT_EQ(base("[a] [b]"), "[b]");
  EXPECT_EQ(base("[only]"), "[only]");
  EXPECT_EQ(base("[open a"), "[open a");
  EXPECT_EQ(base("[[x] a"), "[[x] a");
  EXPECT_FALSE(is_reply("[list] a"));
}

TEST(BaseSubject, TakesTrailersOff) {
  EXPECT_EQ(base("a (fwd) (FWD)  "), "a");
  EXPECT_EQ(base("a(fwd)"), "a");
  EXPECT_EQ(base("a (fw)"), "a (fw)");
  EXPECT_TRUE(is_reply("a (fwd)"));
}

TEST(BaseSubject, UnwrapsWhatWasForwarded) {
  EXPECT_EQ(base("[fwd: a]"), "a");
  EXPECT_EQ(base("re: [fwd: [fwd: re: [fwd: babylon]]]"), "babylon");
  EXPECT_EQ(base("[FWD: a (fwd)] (fwd)"), "a");
  EXPECT_EQ(base("[fwd: a] b"), "b");
  EXPECT_EQ(base("[fwd:]"), "");
  EXPECT_TRUE(is_reply("[fwd: a]"));
}

TEST(BaseSubject, AllAtOnce) {
  EXPECT_EQ(base("[foo] Fwd: [bar] Re: fw: b (fWd)  (fwd)"), "b");
  EXPECT_EQ(base("Ad: Re: Ad: x"), "Ad: Re: Ad: x");
}

TEST(BaseSubject, TakesNoSquareOfTimeOverBrackets) {
  std::string blobs, open;
  for (int i = 0; i < 100'000; ++i) {
    blobs += "[]";
    open += "[fwd: ";
  }
  EXPECT_EQ(base(blobs), "[]");
  EXPECT_EQ(base(open), open.substr(0, open.size() - 1));
  EXPECT_EQ(base(blobs + "re:x"), "x");
}

}  // namespace
}  // namespace mail
