#include "mail/scram.hpp"

#include <gtest/gtest.h>

#include "mail/base64.hpp"

namespace mail {
namespace {

TEST(Scram, DerivesTheSameKeysForEveryWayToTypeAPassword) {
  const auto composed = derive_scram("p\u00e4ss", "salt", 4096);
  EXPECT_EQ(derive_scram("pa\u0308ss", "salt", 4096).stored_key, composed.stored_key);
  EXPECT_NE(derive_scram("pass", "salt", 4096).stored_key, composed.stored_key);
  EXPECT_NE(derive_scram("p\u00e4ss", "other", 4096).stored_key, composed.stored_key);
  EXPECT_EQ(derive_scram("\xff", "salt", 4096).stored_key.size(), 32u);
}

TEST(Scram, NamesAreEscaped) {
  EXPECT_EQ(scram::escape_name("a,b=c"), "a=2Cb=3Dc");
  EXPECT_EQ(scram::unescape_name("a=2Cb=3Dc"), "a,b=c");
  for (const auto* bad : {"", "a=", "a=2c", "a=20"})
    EXPECT_EQ(scram::unescape_name(bad), std::nullopt) << bad;
}

TEST(Scram, AttributesAreTakenInOrder) {
  std::string_view message = "r=x,s=,i=4096";
  EXPECT_EQ(scram::take_attribute(message, 's'), std::nullopt);
  EXPECT_EQ(scram::take_attribute(message, 'r'), "x");
  EXPECT_EQ(scram::take_attribute(message, 's'), "");
  EXPECT_EQ(scram::take_attribute(message, 'i'), "4096");
  EXPECT_EQ(scram::take_attribute(message, 'i'), std::nullopt);
}

}  // namespace
}  // namespace mail
