#include "mail/imap_listing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mail::imap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Data data(std::string_view text) { return std::get<Data>(*parse_response(text)); }

TEST(ImapListing, ReadsMailboxes) {
  const auto sent =
      read_list(data("* LIST (\\HasNoChildren \\Sent) \".\" INBOX.Sent"), NameForm::kModifiedUtf7);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->name, "INBOX.Sent");
  EXPECT_EQ(sent->separator, ".");
  EXPECT_TRUE(sent->has("\\sent"));
  EXPECT_FALSE(sent->has("\\Noselect"));
  EXPECT_EQ(
      read_list(data("* LIST () \"/\" \"[Gmail]/Entw&APw-rfe\""), NameForm::kModifiedUtf7)->name,
      "[Gmail]/Entwürfe");
  EXPECT_EQ(read_list(data("* LIST () NIL {5}\r\ninbox"), NameForm::kModifiedUtf7)->name, "INBOX");
  EXPECT_EQ(read_list(data("* LIST () \"/\" NIL"), NameForm::kModifiedUtf7)->name, "NIL");
  EXPECT_EQ(read_list(data("* LIST () \"/\" \"받은\""), NameForm::kUtf8)->name, "받은");
  EXPECT_FALSE(read_list(data("* LIST () \"/\""), NameForm::kUtf8));
  EXPECT_FALSE(read_list(data("* LIST () \"/\" (a)"), NameForm::kUtf8));
  EXPECT_FALSE(read_list(data("* LSUB () \"/\" a"), NameForm::kUtf8));
}

TEST(ImapListing, ReadsStatus) {
  const auto status = read_status(data("* STATUS blurdybloop (messages 231 UIDNEXT 44292)"),
                                  NameForm::kModifiedUtf7);
  EXPECT_EQ(status->item("MESSAGES"), 231u);
  EXPECT_EQ(status->item("UIDNEXT"), 44292u);
  EXPECT_FALSE(status->item("UNSEEN"));
}

TEST(ImapListing, ReadsTheFirstPersonalNamespace) {
  const auto space = read_namespace(
      data("* NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"#shared.\" \".\"))"), NameForm::kUtf8);
  EXPECT_EQ(space->prefix, "INBOX.");
  EXPECT_EQ(space->separator, ".");
  EXPECT_EQ(read_namespace(data("* NAMESPACE NIL NIL NIL"), NameForm::kUtf8)->prefix, "");
}

TEST(ImapListing, ReadsBothFormsOfSearch) {
  EXPECT_THAT(*read_search(data("* SEARCH 882 2 84"), 100), ElementsAre(2, 84, 882));
  EXPECT_THAT(*read_search(data("* SEARCH"), 100), IsEmpty());
  EXPECT_THAT(*read_search(data("* ESEARCH (TAG \"A1\") UID MIN 2 COUNT 3 ALL 84,2:3"), 100),
              ElementsAre(2, 3, 84));
  EXPECT_THAT(*read_search(data("* ESEARCH (TAG \"A1\") UID"), 100), IsEmpty());
  EXPECT_FALSE(read_search(data("* 1 EXISTS"), 100));
}

TEST(ImapListing, ARangeAsLongAsAllNumbersIsCut) {
  EXPECT_EQ(read_search(data("* ESEARCH ALL 1:4294967295"), 1000)->size(), 1000u);
  EXPECT_EQ(read_search(data("* ESEARCH ALL 4294967289:4294967294"), 1000)->size(), 6u);
}

}  // namespace
}  // namespace mail::imap
