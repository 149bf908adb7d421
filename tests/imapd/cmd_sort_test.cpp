#include <gmock/gmock.h>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CmdSortTest = CommandTest;

TEST_F(CmdSortTest, ManyAreSortedAsFewAre) {
  for (int i = 0; i < 80; ++i) deliver("Subject: " + std::to_string(10 + i * 37 % 80) + "\r\n\r\n");
  auto peer = open();
  const auto first = peer->ask("SORT (SUBJECT) UTF-8 ALL");
  EXPECT_THAT(first, StartsWith("* SORT 1 14 27 "));
  EXPECT_EQ(peer->ask("SORT (SUBJECT) UTF-8 ALL"), first) << "packed now";
  EXPECT_THAT(peer->ask("SORT (SUBJECT) UTF-8 14,1,27"), StartsWith("* SORT 1 14 27\n"));
}

TEST_F(CmdSortTest, SavedResultsAreAscending) {
  for (const char* subject : {"c", "b", "a"})
    deliver("Subject: " + std::string(subject) + "\r\n\r\n");
  auto peer = open();
  EXPECT_EQ(peer->ask("SORT RETURN (SAVE) (SUBJECT) UTF-8 ALL"), "x OK Sort completed\n");
  EXPECT_THAT(peer->ask("SEARCH $"), StartsWith("* SEARCH 1 2 3\n"));
  EXPECT_THAT(peer->ask("SORT RETURN (SAVE MIN MAX) (SUBJECT) UTF-8 ALL"),
              HasSubstr("MIN 3 MAX 1\n"));
  EXPECT_THAT(peer->ask("SEARCH $"), StartsWith("* SEARCH 1 3\n"));
}

}  // namespace
}  // namespace imapd
