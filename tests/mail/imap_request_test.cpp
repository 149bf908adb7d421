#include "mail/imap_request.hpp"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

/// The wire form in one line: "|" where the client waits.
std::string wire(const Request& request, WireForm form = {}) {
  std::string out;
  for (const WirePiece& piece : render("A1", request, form)) {
    if (piece.wait) out += "|";
    out += piece.view();
  }
  EXPECT_TRUE(out.ends_with("\r\n"));
  return out.substr(0, out.size() - 2);
}

SearchKey key(SearchKey::Kind kind, std::string text = "", std::string field = "") {
  SearchKey k;
  k.kind = kind;
  k.text = std::move(text);
  k.field = std::move(field);
  return k;
}

TEST(ImapRequest, WritesNamesInTheFormTheyNeed) {
  EXPECT_EQ(wire(select("INBOX", Access::kReadWrite)), "A1 SELECT INBOX");
  EXPECT_EQ(wire(select("My \"Box\"", Access::kReadOnly)), "A1 EXAMINE \"My \\\"Box\\\"\"");
  EXPECT_EQ(wire(create("Entwürfe")), "A1 CREATE Entw&APw-rfe");
  EXPECT_EQ(wire(create("Entwürfe"), {NameForm::kUtf8, 0}), "A1 CREATE \"Entwürfe\"");
  EXPECT_EQ(wire(create("nil")), "A1 CREATE \"nil\"");
  EXPECT_EQ(wire(create("")), "A1 CREATE \"\"");
  EXPECT_EQ(wire(list("*", "SPECIAL-USE")), "A1 LIST \"\" \"*\" RETURN (SPECIAL-USE)");
}

TEST(ImapRequest, WaitsBeforeALiteralUnlessTheServerNeedsNoWait) {
  const auto request = append("Sent", {kSeen, {"$Mdn"}}, "a\r\nb");
  EXPECT_EQ(wire(request), "A1 APPEND Sent (\\Seen $Mdn) {4}\r\n|a\r\nb");
  EXPECT_EQ(wire(request, {NameForm::kModifiedUtf7, 4096}),
            "A1 APPEND Sent (\\Seen $Mdn) {4+}\r\na\r\nb");
  EXPECT_EQ(wire(request, {NameForm::kModifiedUtf7, 3}),
            "A1 APPEND Sent (\\Seen $Mdn) {4}\r\n|a\r\nb");
  EXPECT_EQ(wire(append("x", {}, "")), "A1 APPEND x () {0}\r\n|");
}

TEST(ImapRequest, BorrowsWhatIsAppended) {
  const std::string content(100000, 'x');
  bool found = false;
  for (const auto& piece : render("A1", append("x", {}, content), {})) {
    found = found || piece.view().data() == content.data();
  }
  EXPECT_TRUE(found);
}

TEST(ImapRequest, PutsLineEndsIntoLiterals) {
  Request login;
  login.text("LOGIN ").astring("a\r\nA2 LOGOUT").text(" ").astring("pä");
  EXPECT_EQ(wire(login), "A1 LOGIN {12}\r\n|a\r\nA2 LOGOUT {3}\r\n|pä");
}

TEST(ImapRequest, WritesSearches) {
  using Kind = SearchKey::Kind;
  SearchKey all = key(Kind::kAnd);
  SearchKey unread = key(Kind::kNot);
  unread.children.push_back(key(Kind::kFlag));
  unread.children[0].system = kSeen;
  SearchKey since = key(Kind::kSince);
  since.day = 20454;
  SearchKey either = key(Kind::kOr);
  either.children = {key(Kind::kHeader, "ann", "from"), key(Kind::kBody, "b c"), key(Kind::kAll)};
  all.children = {unread, since, either, key(Kind::kHeader, "", "x-spam")};
  EXPECT_EQ(
      wire(uid_search(all)),
      "A1 UID SEARCH NOT (SEEN) SINCE 1-Jan-2026 OR FROM ann OR BODY \"b c\" ALL HEADER x-spam "
      "\"\"");
  EXPECT_EQ(wire(uid_search(key(Kind::kHeader, "파발", "subject"))),
            "A1 UID SEARCH CHARSET UTF-8 SUBJECT {6}\r\n|파발");
  EXPECT_EQ(wire(uid_search(key(Kind::kAnd))), "A1 UID SEARCH ALL");
}

TEST(ImapRequest, WritesTheRest) {
  const auto uids = SequenceSet::of({3, 4, 9});
  EXPECT_EQ(wire(uid_store(uids, FlagChange::kAdd, {kDeleted, {}})),
            "A1 UID STORE 3:4,9 +FLAGS (\\Deleted)");
  EXPECT_EQ(wire(uid_store(uids, FlagChange::kReplace, {})), "A1 UID STORE 3:4,9 FLAGS ()");
  EXPECT_EQ(wire(uid_move(uids, "Trash")), "A1 UID MOVE 3:4,9 Trash");
  EXPECT_EQ(wire(uid_copy(uids, "Trash")), "A1 UID COPY 3:4,9 Trash");
  EXPECT_EQ(wire(uid_expunge(uids)), "A1 UID EXPUNGE 3:4,9");
  EXPECT_EQ(wire(uid_fetch(uids, "(UID FLAGS)")), "A1 UID FETCH 3:4,9 (UID FLAGS)");
  EXPECT_EQ(wire(id({{"name", "mua"}})), "A1 ID (\"name\" \"mua\")");
  EXPECT_EQ(wire(id({})), "A1 ID NIL");
  EXPECT_EQ(wire(status("a b", "MESSAGES UNSEEN")), "A1 STATUS \"a b\" (MESSAGES UNSEEN)");
  EXPECT_EQ(wire(enable("IMAP4rev2")), "A1 ENABLE IMAP4rev2");
}

}  // namespace
}  // namespace mail::imap
