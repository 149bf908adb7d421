#include "mail/imap_url.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

ImapUrl url_of(std::string_view text) {
  auto url = parse_imap_url(text);
  if (!url) throw std::runtime_error(std::string(text) + ": " + url.error().reason);
  return *url;
}

TEST(ImapUrl, NamesASectionOfAMessage) {
  const auto url = url_of("/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER");
  EXPECT_EQ(url.mailbox, "Drafts");
  EXPECT_EQ(url.uid_validity, 385759045u);
  EXPECT_EQ(url.uid, 20u);
  EXPECT_EQ(url.section.text, Section::Text::kHeader);
  EXPECT_FALSE(url.partial);
  EXPECT_TRUE(url.host.empty());
}

TEST(ImapUrl, NamesTheWholeOfAMessageInAnyCase) {
  const auto url = url_of("/INBOX/;uid=1");
  EXPECT_EQ(url.mailbox, "INBOX");
  EXPECT_TRUE(url.section.part.empty());
  EXPECT_EQ(url_of("/a/b/;UID=7/;SECTION=1.2.MIME").section.part, (std::vector<unsigned>{1, 2}));
  EXPECT_EQ(url_of("/a;UID=7;SECTION=1.5.9").section.part.size(), 3u);
}

TEST(ImapUrl, DecodesNamesAndSections) {
  EXPECT_EQ(url_of("/%EC%83%81%EC%9E%90%2F;UID=1").mailbox, "상자/");
  const auto url = url_of("/x/;UID=1/;SECTION=HEADER.FIELDS%20(To%20%22Cc%22)");
  EXPECT_EQ(url.section.fields, (std::vector<std::string>{"To", "Cc"}));
}

TEST(ImapUrl, MayBeRelativeToTheSelectedMailbox) {
  EXPECT_EQ(url_of(";UID=20").mailbox, std::nullopt);
  EXPECT_EQ(url_of("/;UID=20/;SECTION=TEXT").mailbox, std::nullopt);
}

TEST(ImapUrl, NamesPartOfAPart) {
  EXPECT_EQ(url_of("/x/;UID=1/;PARTIAL=100.50").partial->length, 50u);
  EXPECT_EQ(url_of("/x/;UID=1/;SECTION=1/;PARTIAL=7").partial->length, UINT64_MAX);
}

TEST(ImapUrl, MayNameUserAndHost) {
  auto url = url_of("imap://joe%40example.test;AUTH=*@Example.Test:143/INBOX/;uid=20");
  EXPECT_EQ(url.user, "joe@example.test");
  EXPECT_EQ(url.host, "Example.Test");
  EXPECT_EQ(url.mailbox, "INBOX");
  EXPECT_EQ(url_of("//[::1]:143/x;UID=2").host, "[::1]");
}

TEST(ImapUrl, IsRefusedWhereItIsNone) {
  for (auto text :
       {"", "/", "/INBOX", "/INBOX/;UID=0", "/INBOX/;UID=x", "/INBOX/;UID=1/;SECTION=HEAD",
        "/INBOX/;UID=1/;SECTION=MIME", "/INBOX/;UID=1/;PARTIAL=x", "/INBOX/;UID=1/;PARTIAL=1.0",
        "/%zz/;UID=1", "/%FF/;UID=1", "/a%00b/;UID=1", "/a%2", "imap:///x/;UID=1",
        "/x;UIDVALIDITY=0/;UID=1", "/x;UIDVALIDITY=a/;UID=1", "/INBOX/;UID=4294967296",
        "/x/;UID=1;URLAUTH=submit+joe:internal:91354a473744909de610943775f92038"}) {
    EXPECT_FALSE(parse_imap_url(text)) << text;
  }
}

}  // namespace
}  // namespace mail
