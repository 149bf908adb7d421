#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using AliasTest = MailctlTest;

TEST_F(AliasTest, KeepsAliases) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  EXPECT_EQ(mailctl({"alias", "list"}).out.substr(0, 20), "There are no aliases");
  const auto added = mailctl({"alias", "add", "info", "alice", "press@elsewhere.test"});
  EXPECT_EQ(added.out,
            "mail for info@example.test goes to alice@example.test, press@elsewhere.test\n");
  EXPECT_EQ(mailctl({"alias", "add", "info", "alice"}).status, 4);
  EXPECT_EQ(mailctl({"alias", "add", "@example.test", "alice"}).status, 0);
  const auto list = boost::json::parse(mailctl({"alias", "list", "--json"}).out);
  EXPECT_EQ(list.as_array().size(), 2u);
  EXPECT_EQ(mailctl({"alias", "remove", "info"}).status, 0);
  EXPECT_EQ(mailctl({"alias", "remove", "info"}).status, 3);
}

}  // namespace
}  // namespace mailctl
