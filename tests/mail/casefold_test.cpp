#include <gtest/gtest.h>

#include "mail/casemap.hpp"
#include "mail/searchable.hpp"

namespace mail {
namespace {

bool found(std::string_view text, std::string_view key) {
  return casefold(text).find(casefold(key)) != std::string::npos;
}

TEST(Casefold, CaseInEveryScript) {
  EXPECT_EQ(casefold("ABC xyz"), "abc xyz");
  EXPECT_TRUE(found("Übergröße", "ÜBERGRÖSSE"));
  EXPECT_TRUE(found("ΣΊΣΥΦΟΣ", "σίσυφος"));
  EXPECT_TRUE(found("ПРИВЕТ", "привет"));
  EXPECT_TRUE(found("TITLE", "title"));
}

TEST(Casefold, NormalFormsAreEqual) {
  const char* const nfd = "\xE1\x84\x91\xE1\x85\xA1\xE1\x84\x87\xE1\x85\xA1\xE1\x86\xAF";  // 파발
  EXPECT_EQ(casefold(nfd), casefold("파발"));
  EXPECT_EQ(casefold("e\xCC\x81"), casefold("É"));
  EXPECT_EQ(casefold("abce\xCC\x81zzz"), casefold("ABCézzz"));
  EXPECT_TRUE(found("ＡＢＣ", "abc"));
  EXPECT_TRUE(found("ﬁne", "FINE"));
}

TEST(Casefold, MarksAreLookedForOnlyWhereTheyAreAsked) {
  EXPECT_TRUE(found("café", "cafe"));
  EXPECT_TRUE(found("파발막", "마"));
  EXPECT_FALSE(found("cafe", "café"));
  EXPECT_FALSE(found("가", "각"));
  EXPECT_FALSE(found("é", "è"));
}

// RFC 5255 §4.2: whatever the collation finds is found.
TEST(Casefold, FindsWhatUnicodeCasemapFinds) {
  for (const char* text :
       {"Straße", "ISTANBUL ıI", "ǅ ǆ Ǆ", "ﬁ ŉ ΐ ᾳ ᾼ", "Σίσυφος", "µ ſ K Å", "ａｂｃ", "각막"}) {
    for (const char* key : {"strasse", "straße", "istanbul", "iı", "dž", "fi", "ʼn", "αι", "ς", "Σ",
                            "μ", "s k å", "ABC", "가", "ᄆ", "ᾳ"}) {
      if (casemap(text).find(casemap(key)) != std::string::npos) {
        EXPECT_TRUE(found(text, key)) << key << " in " << text;
      }
    }
  }
}

TEST(Casefold, InvisibleCharactersDoNotHide) { EXPECT_TRUE(found("pass\xC2\xADport", "passport")); }

TEST(Casefold, BrokenUtf8IsRepaired) {
  EXPECT_EQ(casefold("A\xFF"
                     "B"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(casefold(std::string_view("A\0B", 3)), std::string_view("a\0b", 3));
  EXPECT_EQ(casefold(""), "");
}

TEST(Casefold, IsStable) {
  for (const char* text : {"İstanbul ıI", "ŉ ǰ ΐ", "ﬃ Ⅷ ㎏", "한글 ꥠ"}) {
    EXPECT_EQ(casefold(casefold(text)), casefold(text)) << text;
  }
}

}  // namespace
}  // namespace mail
