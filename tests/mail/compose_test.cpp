#include "mail/compose.hpp"

#include <gtest/gtest.h>

#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mail/part_scanner.hpp"

namespace mail {
namespace {

Draft draft() {
  Draft draft;
  draft.from = {"Alice", {"alice", "example.test"}};
  draft.to = {{"파발", {"bob", "example.test"}}};
  draft.cc = {{"", {"carol", "example.test"}}};
  draft.bcc = {{"", {"dan", "example.test"}}, {"", {"bob", "example.test"}}};
  draft.subject = "안녕하세요";
  draft.text = "hello\n";
  draft.date = {837596665, -420};
  draft.message_id = "<id@example.test>";
  return draft;
}

TEST(Compose, PlainText) {
  EXPECT_EQ(compose(draft(), BccField::kOmit),
            "Date: Wed, 17 Jul 1996 02:44:25 -0700\r\n"
            "From: Alice <alice@example.test>\r\n"
            "To: =?UTF-8?B?7YyM67Cc?= <bob@example.test>\r\n"
            "Cc: carol@example.test\r\n"
            "Subject: =?UTF-8?B?7JWI64WV7ZWY7IS47JqU?=\r\n"
            "Message-ID: <id@example.test>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=\"us-ascii\"\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "hello\r\n");
}

TEST(Compose, BccIsKeptOnlyWhereAskedFor) {
  EXPECT_FALSE(find_field(compose(draft(), BccField::kOmit), "bcc"));
  EXPECT_EQ(field_value(compose(draft(), BccField::kKeep), "bcc"),
            "dan@example.test, bob@example.test");
}

TEST(Compose, Attachments) {
  Draft with = draft();
  with.attachments = {{"파발.bin", "", std::string("\0\xFF\r\n", 4)},
                      {"b.txt", "text/x-log", "log"}};
  const std::string message = compose(with, BccField::kOmit);
  const Part root = scan_parts(message);
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_EQ(decode_text(root.children[0], message), "hello\r\n");
  EXPECT_EQ(decode_body(root.children[1], message), std::string("\0\xFF\r\n", 4));
  EXPECT_EQ(root.children[1].disposition_params[0].second, "파발.bin");
  EXPECT_EQ(root.children[2].subtype, "x-log");
  EXPECT_EQ(decode_body(root.children[2], message), "log");
}

TEST(Compose, AFileIsReadAsItIsWritten) {
  Draft with = draft();
  unsigned opened = 0;
  with.attachments = {{"a.bin", "", "", [&opened] {
                         ++opened;
                         return [left = 200]() mutable {
                           return left-- > 0 ? std::string(10'000, 'x') : std::string();
                         };
                       }}};
  std::string message;
  std::size_t largest = 0;
  compose(with, BccField::kOmit, [&](std::string_view piece) {
    message += piece;
    largest = std::max(largest, piece.size());
  });
  EXPECT_LT(largest, 100'000u);
  EXPECT_EQ(opened, 1u);
  const Part root = scan_parts(message);
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(decode_body(root.children[1], message), std::string(2'000'000, 'x'));
  EXPECT_EQ(message, compose(with, BccField::kOmit));
}

TEST(Compose, AnOlderCopyOfTheDraftCanBeAttached) {
  Draft with = draft();
  with.attachments = {{"a.txt", "", "a"}};
  const std::string before = compose(with, BccField::kKeep);
  with.attachments.push_back({"draft.eml", "", before});
  const std::string message = compose(with, BccField::kKeep);
  const Part root = scan_parts(message);
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_EQ(root.children[2].body.in(message), before);
}

TEST(Compose, WithoutATextThereIsOnlyTheFile) {
  Draft with = draft();
  with.text.clear();
  with.attachments = {{"a.txt", "", "a"}};
  const std::string message = compose(with, BccField::kOmit);
  const Part root = scan_parts(message);
  ASSERT_EQ(root.children.size(), 1U);
  EXPECT_EQ(decode_body(root.children[0], message), "a");
}

TEST(Compose, LinesEndInCrLfAndAreShort) {
  Draft longer = draft();
  longer.subject = std::string(60, 'a') + " " + std::string(60, 'b') + " c";
  longer.references = std::vector<std::string>(20, "<a-rather-long-id@example.test>");
  const std::string message = compose(longer, BccField::kKeep);
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t end = message.find('\n', at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(message[end - 1], '\r');
    EXPECT_LE(end - 1 - at, 78U);
    at = end + 1;
  }
}

TEST(Compose, RecipientsAreNamedOnce) {
  const auto all = recipients(draft());
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[2].to_string(), "dan@example.test");
}

TEST(Compose, MessageIdsDiffer) {
  const std::string id = make_message_id("example.test");
  EXPECT_TRUE(id.starts_with("<"));
  EXPECT_TRUE(id.ends_with("@example.test>"));
  EXPECT_NE(id, make_message_id("example.test"));
}

}  // namespace
}  // namespace mail
