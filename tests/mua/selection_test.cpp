#include "mua/selection.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(Selection, GroupsIdsByMailbox) {
  const auto groups = by_mailbox({"9", "Sent:2", "INBOX:7:3", "9"});
  ASSERT_EQ(groups.size(), 2u);
  ASSERT_EQ(groups.at("INBOX").size(), 2u);
  EXPECT_EQ(groups.at("INBOX")[0], (MessageRef{"INBOX", 7, 3}));
  EXPECT_EQ(groups.at("Sent")[0].uid, 2u);
  EXPECT_THROW(by_mailbox({"x"}), Failure);
}

TEST(Selection, AnIdOfAMailboxMadeAnewIsGone) {
  const Selection selection{"INBOX", 7, 1};
  EXPECT_NO_THROW(check_validity(selection, {"INBOX", 0, 1}));
  EXPECT_NO_THROW(check_validity(selection, {"INBOX", 7, 1}));
  try {
    check_validity(selection, {"INBOX", 8, 1});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, ExitCode::kNotFound);
  }
}

TEST(Selection, TakesOnlyFetchesThatSayTheirUid) {
  Answer answer;
  for (const char* text : {"* 1 FETCH (FLAGS (\\Seen))", "* 2 FETCH (UID 5)", "* 3 EXISTS"}) {
    answer.data.push_back(std::get<mail::imap::Data>(*mail::imap::parse_response(text)));
  }
  const auto messages = fetched_of(answer);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].uid, 5u);
}

}  // namespace
}  // namespace mua
