#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

class AclTest : public MailctlTest {
 protected:
  void SetUp() override { ASSERT_EQ(init({"--user", "alice", "--user", "bob"}).status, 0); }
};

TEST_F(AclTest, SharesAMailboxAndTellsWithWhom) {
  const auto set = mailctl({"acl", "set", "alice", "Archive", "bob", "lrs"});
  EXPECT_EQ(set.status, 0) << set.err;
  EXPECT_EQ(set.out, "Archive of alice@example.test: bob@example.test has lrs\n");
  ASSERT_EQ(mailctl({"acl", "set", "alice", "Archive", "bob", "+i"}).status, 0);
  ASSERT_EQ(mailctl({"acl", "set", "alice", "INBOX", "anyone", "l"}).status, 0);
  ASSERT_EQ(mailctl({"acl", "set", "--", "alice", "INBOX", "-bob", "l"}).status, 0);
  const auto all = boost::json::parse(mailctl({"acl", "list", "alice", "--json"}).out).as_array();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].at("who").as_string(), "anyone");
  EXPECT_EQ(all[1].at("who").as_string(), "-bob@example.test");
  EXPECT_EQ(all[2].at("rights").as_string(), "lrsi");
  const auto one = mailctl({"acl", "list", "alice", "Archive", "--json"}).out;
  EXPECT_EQ(boost::json::parse(one).as_array().size(), 1u);
}

TEST_F(AclTest, TakesRightsAway) {
  ASSERT_EQ(mailctl({"acl", "set", "alice", "Archive", "bob", "lrs"}).status, 0);
  const auto removed = mailctl({"acl", "remove", "alice", "Archive", "bob"});
  EXPECT_EQ(removed.status, 0) << removed.err;
  EXPECT_EQ(removed.out,
            "Archive of alice@example.test: bob@example.test has no rights of his own\n");
  EXPECT_EQ(boost::json::parse(mailctl({"acl", "list", "alice", "--json"}).out).as_array().size(),
            0u);
}

TEST_F(AclTest, RefusesWhatItCannotDo) {
  EXPECT_EQ(mailctl({"acl", "set", "alice", "nowhere", "bob", "l"}).status, 3);
  EXPECT_EQ(mailctl({"acl", "set", "alice", "INBOX", "nobody", "l"}).status, 3);
  EXPECT_EQ(mailctl({"acl", "set", "alice", "INBOX", "bob", "lQ"}).status, 1);
  EXPECT_EQ(mailctl({"acl", "set", "alice", "INBOX", "alice", "l"}).status, 1);
  EXPECT_EQ(mailctl({"acl", "set", "alice", "INBOX", "bob"}).status, 2);
}

}  // namespace
}  // namespace mailctl
