#include "mail/normal_form.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(NormalForm, Composes) {
  EXPECT_EQ(nfc("e\xCC\x81"), "é");
  EXPECT_EQ(nfc("\xE1\x84\x91\xE1\x85\xA1\xE1\x84\x87\xE1\x85\xA1\xE1\x86\xAF"), "파발");
}

TEST(NormalForm, KeepsEverythingElse) {
  EXPECT_EQ(nfc("Abc é ﬁ ＡＢＣ"), "Abc é ﬁ ＡＢＣ");
  EXPECT_EQ(nfc(""), "");
  EXPECT_EQ(nfc(std::string_view("a\0b", 3)), std::string("a\0b", 3));
}

TEST(NormalForm, RefusesWhatIsNoUtf8) {
  EXPECT_EQ(nfc("a\xFF"), std::nullopt);
  EXPECT_EQ(nfc("\xED\xA0\x80"), std::nullopt);
}

}  // namespace
}  // namespace mail
