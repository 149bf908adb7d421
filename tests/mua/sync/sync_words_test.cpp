#include "mua/sync/sync_words.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

namespace imap = mail::imap;

std::string said(const imap::Request& request) {
  std::string out;
  for (const auto& piece : imap::render("A", request, {})) out += piece.view();
  return out;
}

imap::Data data(const char* text) { return std::get<imap::Data>(*imap::parse_response(text)); }

imap::Client client(const std::string& capabilities) {
  imap::Client client(imap::ClientOptions{imap::ClientOptions::Security::kNone, {}, {}, {}});
  client.feed("* PREAUTH [CAPABILITY " + capabilities + "] hi\r\n");
  return client;
}

TEST(SyncWords, SelectHandsOverWhatIsKnown) {
  const SyncPoint point{3, 9, 77, 1};
  EXPECT_EQ(said(select_since("a b", point, Resync::kQresync)),
            "A SELECT \"a b\" (QRESYNC (3 77))\r\n");
  EXPECT_EQ(said(select_since("a", {}, Resync::kQresync)), "A SELECT a (CONDSTORE)\r\n");
  EXPECT_EQ(said(select_since("a", point, Resync::kCondstore)), "A SELECT a (CONDSTORE)\r\n");
  EXPECT_EQ(said(select_since("a", point, Resync::kNone)), "A SELECT a\r\n");
}

TEST(SyncWords, RequestsNameTheirRanges) {
  EXPECT_EQ(said(fetch_newest("(UID)", 60)), "A UID FETCH 1:* (UID) (PARTIAL -1:-60)\r\n");
  EXPECT_EQ(said(fetch_flags({5, mail::SequenceSet::kStar}, 77)),
            "A UID FETCH 5:* (UID FLAGS) (CHANGEDSINCE 77)\r\n");
  EXPECT_EQ(said(fetch_flags({5, 9}, 0)), "A UID FETCH 5:9 (UID FLAGS)\r\n");
  EXPECT_EQ(said(search_uids({5, 9}, true)), "A UID SEARCH RETURN (ALL) UID 5:9\r\n");
  EXPECT_EQ(said(search_uids({5, 9}, false)), "A UID SEARCH UID 5:9\r\n");
  EXPECT_EQ(said(search_message_id("<a@b>")), "A UID SEARCH HEADER message-id <a@b>\r\n");
}

TEST(SyncWords, ListAsksForAllTheServerCanTell) {
  EXPECT_EQ(said(list_all(client("IMAP4rev1"))), "A LIST \"\" \"*\"\r\n");
  EXPECT_EQ(said(list_all(client("IMAP4rev1 SPECIAL-USE LIST-EXTENDED LIST-STATUS CONDSTORE"))),
            "A LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY "
            "HIGHESTMODSEQ))\r\n");
}

TEST(SyncWords, VanishedIsASet) {
  EXPECT_EQ(read_vanished(data("* VANISHED (EARLIER) 41,43:116"))->to_string(), "41,43:116");
  EXPECT_EQ(read_vanished(data("* VANISHED 5"))->to_string(), "5");
  EXPECT_FALSE(read_vanished(data("* VANISHED x")));
  EXPECT_FALSE(read_vanished(data("* VANISHED")));
  EXPECT_FALSE(read_vanished(data("* 5 EXPUNGE")));
}

TEST(SyncWords, AFolderIsStaleWhenItIsNotAsItWasSeen) {
  const auto status = read_folder_status(
      data("* STATUS INBOX (MESSAGES 5 UNSEEN 2 UIDNEXT 9 UIDVALIDITY 3 HIGHESTMODSEQ 77)"),
      mail::NameForm::kUtf8);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->counts, (FolderCounts{5, 2}));
  EXPECT_FALSE(is_stale({3, 9, 77, 1}, *status, 5));
  EXPECT_TRUE(is_stale({3, 9, 76, 1}, *status, 5));
  EXPECT_TRUE(is_stale({3, 8, 77, 1}, *status, 5));
  EXPECT_TRUE(is_stale({4, 9, 77, 1}, *status, 5));
  EXPECT_TRUE(is_stale({3, 9, 77, 4}, *status, 5)) << "some are not here yet";
  EXPECT_TRUE(is_stale({}, *status, 0));
  const auto plain = read_folder_status(
      data("* STATUS INBOX (MESSAGES 5 UNSEEN 2 UIDNEXT 9 UIDVALIDITY 3)"), mail::NameForm::kUtf8);
  EXPECT_FALSE(is_stale({3, 9, 0, 1}, *plain, 5));
  EXPECT_TRUE(is_stale({3, 9, 0, 1}, *plain, 6));
}

}  // namespace
}  // namespace mua::sync
