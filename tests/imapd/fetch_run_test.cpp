#include "imapd/fetch_run.hpp"

#include <gtest/gtest.h>

#include "mailstore/append.hpp"
#include "mailstore/flags.hpp"
#include "tests/imapd/imap_domain.hpp"

namespace imapd {
namespace {

class FetchRunTest : public testing::Test {
 protected:
  FetchRunTest() : account_(1, folder_.path() / "1", 64 << 10, nullptr) {}

  void deliver(const std::string& octets, std::size_t copies = 1) {
    mailstore::NewMessage message;
    message.content = mailstore::Content::of(octets);
    mailstore::deliver(account_, std::vector<mailstore::NewMessage>(copies, message));
  }

  Selected select() {
    auto info = mailstore::find_mailbox(account_, "INBOX").value();
    auto view = mailstore::open_mailbox(account_, info.id, mailstore::RecentClaim::kLeave);
    return Selected(info, Access::kReadOnly, std::move(*view));
  }

  // All pieces of a FETCH; `largest` learns the size of the largest.
  std::string fetch(std::string_view arguments, std::size_t* largest = nullptr) {
    auto selected = select();
    auto parsed = mail::parse_fetch(arguments);
    auto sequence = selected.find(parsed->messages, Numbering::kSequence);
    FetchRun run(selected, {}, *parsed, *sequence, Numbering::kSequence);
    std::string all;
    for (bool more = true; more;) {
      std::string piece;
      more = run.render(account_, piece);
      if (largest) *largest = std::max(*largest, piece.size());
      all += piece;
    }
    return all;
  }

  tests::TemporaryFolder folder_;
  mailstore::Account account_;
};

TEST_F(FetchRunTest, SendsALargeMessageInPieces) {
  std::string body(1 << 20, 'x');
  deliver("Subject: large\r\n\r\n" + body);
  std::size_t largest = 0;
  auto told = fetch("1 (BODY.PEEK[TEXT] UID)", &largest);
  EXPECT_EQ(told, "* 1 FETCH (BODY[TEXT] {1048576}\r\n" + body + " UID 1)\r\n");
  EXPECT_LE(largest, std::size_t{2} * (256 << 10));
}

TEST_F(FetchRunTest, SendsManyMessagesInPieces) {
  deliver("Subject: x\r\n\r\n" + std::string(1500, 'y'), 600);
  std::size_t largest = 0;
  auto told = fetch("1:* (UID BODY.PEEK[])", &largest);
  EXPECT_LE(largest, std::size_t{256 + 64} << 10);
  EXPECT_TRUE(told.starts_with("* 1 FETCH (UID 1 BODY[] {1514}\r\nSubject: x"));
  EXPECT_TRUE(told.find("* 600 FETCH (UID 600 BODY[] {1514}\r\n") != std::string::npos);
}

// Read from the store first, from what was packed then.
TEST_F(FetchRunTest, TellsAllOfAMailboxTheSameAgain) {
  deliver("Subject: x\r\n\r\ny", 700);
  for (const char* items : {"(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)", "(BODYSTRUCTURE)"}) {
    auto command = std::string("1:* ") + items;
    auto first = fetch(command);
    EXPECT_EQ(fetch(command), first);
    auto alone = fetch(std::string("700 ") + items);
    EXPECT_TRUE(first.ends_with(alone)) << alone;
  }
}

TEST_F(FetchRunTest, LeavesOutWhatIsGoneFromWhatIsPacked) {
  deliver("Subject: x\r\n\r\ny", 600);
  auto before = fetch("1:* (UID ENVELOPE)");
  auto selected = select();
  std::vector<mail::NumberRange> gone{{10, 19}};
  auto inbox = selected.mailbox();
  mailstore::store_flags(account_, inbox, gone, mailstore::FlagChange::kAdd, {mail::kDeleted, {}});
  mailstore::expunge(account_, inbox, gone);
  auto parsed = mail::parse_fetch("1:* (UID ENVELOPE)");
  auto sequence = selected.find(parsed->messages, Numbering::kSequence);
  FetchRun run(selected, {}, *parsed, *sequence, Numbering::kSequence);
  std::string told;
  while (run.render(account_, told)) {
  }
  EXPECT_TRUE(run.missed());
  EXPECT_EQ(told.find("(UID 10 "), told.npos);
  EXPECT_EQ(told.find("(UID 19 "), told.npos);
  EXPECT_NE(told.find("* 20 FETCH (UID 20 "), told.npos);
  EXPECT_TRUE(before.ends_with(told.substr(told.find("* 20 FETCH "))));
}

TEST_F(FetchRunTest, AnswersFlagsFromTheViewAlone) {
  deliver("x");
  deliver("y");
  EXPECT_EQ(fetch("1:2 (FLAGS UID)"),
            "* 1 FETCH (FLAGS (\\Recent) UID 1)\r\n"
            "* 2 FETCH (FLAGS (\\Recent) UID 2)\r\n");
}

TEST_F(FetchRunTest, TellsNothingOfNothing) { EXPECT_EQ(fetch("1:* FLAGS"), ""); }

}  // namespace
}  // namespace imapd
