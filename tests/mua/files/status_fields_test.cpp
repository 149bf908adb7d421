#include "mua/files/status_fields.hpp"

#include <gtest/gtest.h>

namespace mua::files {
namespace {

TEST(StatusFields, SayAllFlags) {
  const mail::FlagSet flags{mail::kSeen | mail::kAnswered | mail::kDraft, {"$Forwarded", "work"}};
  const std::string fields = status_fields(flags, "Subject: x\n\ny\n");
  EXPECT_EQ(fields, "Status: RO\nX-Status: AT\nX-Keywords: $Forwarded work\n");
  std::string message = fields + "Subject: x\n\ny\n";
  EXPECT_EQ(take_status_fields(message), flags);
  EXPECT_EQ(message, "Subject: x\n\ny\n");
}

TEST(StatusFields, AMessageKeepsThoseOfItsOwn) {
  const std::string own = "X-Status: F\nStatus: U\nX-Keywords: theirs\n\ny\n";
  std::string message = status_fields({}, own) + own;
  EXPECT_EQ(take_status_fields(message), mail::FlagSet{});
  EXPECT_EQ(message, own);
}

}  // namespace
}  // namespace mua::files
