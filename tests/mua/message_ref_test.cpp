#include "mua/message_ref.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(MessageRef, ReadsAllForms) {
  EXPECT_EQ(parse_message_ref("42"), (MessageRef{"INBOX", 0, 42}));
  EXPECT_EQ(parse_message_ref("inbox:42"), (MessageRef{"INBOX", 0, 42}));
  EXPECT_EQ(parse_message_ref("INBOX:1763712345:42"), (MessageRef{"INBOX", 1763712345, 42}));
  EXPECT_EQ(parse_message_ref("My Box/a:7:42"), (MessageRef{"My Box/a", 7, 42}));
  EXPECT_EQ(parse_message_ref("a:b:42"), (MessageRef{"a:b", 0, 42}));
  EXPECT_EQ(parse_message_ref("a:b:7:42"), (MessageRef{"a:b", 7, 42}));
  EXPECT_EQ(parse_message_ref("받은:42"), (MessageRef{"받은", 0, 42}));
}

TEST(MessageRef, RefusesOthers) {
  for (const char* text : {"", "x", "0", "-1", "4294967296", ":42", "INBOX:", "INBOX:x", "42x",
                           "::", ":1:2", "INBOX:1:0"}) {
    EXPECT_FALSE(parse_message_ref(text)) << text;
  }
}

TEST(MessageRef, WhatIsPrintedIsRead) {
  for (const MessageRef& ref : {MessageRef{"INBOX", 9, 42}, MessageRef{"a:b", 9, 1}}) {
    EXPECT_EQ(parse_message_ref(ref.full()), ref);
    EXPECT_EQ(parse_message_ref(ref.brief())->uid, ref.uid);
    EXPECT_EQ(parse_message_ref(ref.brief())->mailbox, ref.mailbox);
  }
  EXPECT_EQ((MessageRef{"INBOX", 9, 42}).brief(), "42");
  EXPECT_EQ((MessageRef{"Sent", 9, 42}).full(), "Sent:9:42");
}

}  // namespace
}  // namespace mua
