#include "smtpd/trace.hpp"

#include <gtest/gtest.h>

#include <set>

namespace smtpd {
namespace {

TEST(Trace, ProtocolNames) {
  using enum Protocol::Kind;
  EXPECT_EQ(protocol_name({kSmtp, false, false, false}), "SMTP");
  EXPECT_EQ(protocol_name({kEsmtp, false, false, false}), "ESMTP");
  EXPECT_EQ(protocol_name({kEsmtp, false, true, false}), "ESMTPS");
  EXPECT_EQ(protocol_name({kEsmtp, false, false, true}), "ESMTPA");
  EXPECT_EQ(protocol_name({kEsmtp, false, true, true}), "ESMTPSA");
  EXPECT_EQ(protocol_name({kEsmtp, true, false, false}), "UTF8SMTP");
  EXPECT_EQ(protocol_name({kEsmtp, true, true, true}), "UTF8SMTPSA");
  EXPECT_EQ(protocol_name({kLmtp, false, false, false}), "LMTP");
  EXPECT_EQ(protocol_name({kLmtp, true, true, false}), "UTF8LMTPS");
}

TEST(Trace, ReceivedField) {
  EXPECT_EQ(received_field({"client.test", "192.0.2.1", "mail.example.test", "ESMTPS",
                            "TLSv1.3 TLS_AES_256_GCM_SHA384", "abc", "bob@example.test", 0}),
            "Received: from client.test ([192.0.2.1])\r\n"
            "\tby mail.example.test (Pabal) with ESMTPS (TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n"
            "\tid abc for <bob@example.test>;\r\n"
            "\tThu, 1 Jan 1970 00:00:00 +0000\r\n");
  EXPECT_EQ(received_field({"[IPv6:::1]", "::1", "mail.example.test", "ESMTP", "", "abc", "", 0}),
            "Received: from [IPv6:::1] ([IPv6:::1])\r\n"
            "\tby mail.example.test (Pabal) with ESMTP\r\n"
            "\tid abc;\r\n"
            "\tThu, 1 Jan 1970 00:00:00 +0000\r\n");
}

TEST(Trace, AUnixSocketHasNoAddress) {
  EXPECT_TRUE(received_field({"mx.example.test", "", "mail.example.test", "LMTP", "", "abc", "", 0})
                  .starts_with("Received: from mx.example.test (local)\r\n"));
}

TEST(Trace, IdsAreUnique) {
  std::set<std::string> ids;
  for (int i = 0; i < 2000; ++i) ids.insert(make_trace_id());
  EXPECT_EQ(ids.size(), 2000u);
}

TEST(Trace, DeliveryHead) {
  mailstore::QueuedMessage message;
  mailstore::QueuedRecipient recipient;
  recipient.original = "bob+x@example.test";
  EXPECT_EQ(delivery_head(message, recipient),
            "Return-Path: <>\r\nDelivered-To: bob+x@example.test\r\n");
  message.sender = {"a b", "elsewhere.test"};
  EXPECT_EQ(delivery_head(message, recipient),
            "Return-Path: <\"a b\"@elsewhere.test>\r\nDelivered-To: bob+x@example.test\r\n");
}

}  // namespace
}  // namespace smtpd
