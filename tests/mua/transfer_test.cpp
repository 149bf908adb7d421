#include "mua/transfer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

using testing::ElementsAre;

std::vector<std::string> commands(const std::string& capabilities) {
  mail::imap::Client client({});
  client.feed("* OK [CAPABILITY IMAP4rev1 " + capabilities + "] hi\r\n");
  std::vector<std::string> out;
  for (const auto& request : move_requests(client, {3, 4, 9}, "Archive")) {
    out.push_back(std::string(render("A", request, {}).front().view()));
  }
  return out;
}

TEST(Transfer, MovesWithWhatTheServerHas) {
  EXPECT_THAT(commands("MOVE UIDPLUS"), ElementsAre("A UID MOVE 3:4,9 Archive\r\n"));
  EXPECT_THAT(commands("UIDPLUS"),
              ElementsAre("A UID COPY 3:4,9 Archive\r\n",
                          "A UID STORE 3:4,9 +FLAGS (\\Deleted)\r\n", "A UID EXPUNGE 3:4,9\r\n"));
  EXPECT_THAT(commands("IDLE"), ElementsAre("A UID COPY 3:4,9 Archive\r\n",
                                            "A UID STORE 3:4,9 +FLAGS (\\Deleted)\r\n"));
}

TEST(Transfer, ReadsWhereMessagesWent) {
  const Selection from{"INBOX", 7, 10};
  const auto moves = read_copyuid("38505 9,3:4 100:102", from, {3, 4, 9}, "Archive");
  ASSERT_EQ(moves.size(), 3u);
  EXPECT_EQ(moves[0].second, (MessageRef{"Archive", 38505, 101}));
  EXPECT_EQ(moves[2].first, (MessageRef{"INBOX", 7, 9}));
  EXPECT_EQ(moves[2].second.uid, 100u);
  for (const char* nonsense : {"", "x", "1 2", "1 (2) 3", "1 2:* 3:*", "1 1:4294967295 5"}) {
    EXPECT_EQ(read_copyuid(nonsense, from, {3}, "A").size(), 1u) << nonsense;
  }
}

}  // namespace
}  // namespace mua
