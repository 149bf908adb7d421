#include "mua/files/stored_message.hpp"

#include <gtest/gtest.h>

namespace mua::files {
namespace {

TEST(StoredMessage, LineEndsGoThereAndBack) {
  EXPECT_EQ(with_crlf("a\nb\r\n\rc"), "a\r\nb\r\n\rc");
  EXPECT_EQ(with_lf("a\r\nb\r\n\rc\r"), "a\nb\n\rc\r");
}

TEST(StoredMessage, AMessageIsKnownByItsIdAndSize) {
  EXPECT_EQ(identity_of("Message-ID:\r\n <a@x.test>\r\n", 5),
            identity_of("Subject: x\r\nMessage-Id: <a@x.test>\r\n", 5));
  EXPECT_NE(identity_of("Message-ID: <a@x.test>\r\n", 5),
            identity_of("Message-ID: <a@x.test>\r\n", 6));
  EXPECT_NE(identity_of("Subject: a\r\n", 5), identity_of("Subject: b\r\n", 5));
}

}  // namespace
}  // namespace mua::files
