#include <gtest/gtest.h>

#include "mail/compose.hpp"

namespace mail {
namespace {

const Address kSelf{"me", "x.test"};

std::string addresses(const std::vector<NamedAddress>& list) {
  std::string text;
  for (const NamedAddress& mailbox : list) text += mailbox.address.to_string() + " ";
  return text;
}

TEST(Reply, ToTheSender) {
  const Draft reply = begin_reply(
      "From: =?UTF-8?B?6rmA?= <kim@x.test>\r\nTo: ME@X.test, o@x.test\r\nSubject: "
      "=?UTF-8?B?7YyM67Cc?=\r\n"
      "Message-ID: <2@x>\r\nReferences: <0@x>\r\n <1@x>\r\n\r\n",
      ReplyTo::kSender, kSelf);
  EXPECT_EQ(addresses(reply.to), "kim@x.test ");
  EXPECT_EQ(reply.to[0].name, "김");
  EXPECT_TRUE(reply.cc.empty());
  EXPECT_EQ(reply.subject, "Re: 파발");
  EXPECT_EQ(reply.in_reply_to, "<2@x>");
  EXPECT_EQ(reply.references, (std::vector<std::string>{"<0@x>", "<1@x>", "<2@x>"}));
}

TEST(Reply, ToAll) {
  const Draft reply = begin_reply(
      "From: a@x.test\r\nReply-To: list@x.test\r\nTo: ME@X.test, b@x.test\r\n"
      "Cc: c@x.test, B@x.test, list@x.test\r\nSubject: RE: s\r\nIn-Reply-To: <1@x>\r\nMessage-ID: "
      "<2@x>\r\n\r\n",
      ReplyTo::kAll, kSelf);
  EXPECT_EQ(addresses(reply.to), "list@x.test ");
  EXPECT_EQ(addresses(reply.cc), "b@x.test c@x.test ");
  EXPECT_EQ(reply.subject, "RE: s");
  EXPECT_EQ(reply.references, (std::vector<std::string>{"<1@x>", "<2@x>"}));
}

TEST(Reply, ToOnesOwnMessageGoesWhereThatWent) {
  const Draft reply =
      begin_reply("From: me@x.test\r\nTo: b@x.test\r\n\r\n", ReplyTo::kSender, kSelf);
  EXPECT_EQ(addresses(reply.to), "b@x.test ");
}

TEST(Reply, ToAMessageThatSaysNothing) {
  const Draft reply = begin_reply("", ReplyTo::kAll, kSelf);
  EXPECT_TRUE(reply.to.empty());
  EXPECT_EQ(reply.subject, "Re: ");
  EXPECT_EQ(reply.in_reply_to, "");
  EXPECT_TRUE(reply.references.empty());
}

}  // namespace
}  // namespace mail
