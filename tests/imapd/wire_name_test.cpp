#include "imapd/wire_name.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(WireName, DependsOnWhatIsEnabled) {
  Enabled plain, utf8;
  utf8.utf8 = true;
  EXPECT_EQ(*stored_name("Entw&APw-rfe", plain), "Entwürfe");
  EXPECT_EQ(*stored_name("Entw&APw-rfe", utf8), "Entw&APw-rfe");
  EXPECT_EQ(*stored_name("iNbOx", plain), "INBOX");
  std::string out;
  append_name(out, "Entwürfe", plain);
  out += ' ';
  append_name(out, "Entwürfe", utf8);
  EXPECT_EQ(out, "Entw&APw-rfe \"Entwürfe\"");
}

TEST(WireName, RefusesWhatIsNoName) {
  auto name = stored_name("&Jjo", {});
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().code, "CANNOT");
}

}  // namespace
}  // namespace imapd
