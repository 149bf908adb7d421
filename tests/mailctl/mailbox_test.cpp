#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using MailboxTest = MailctlTest;

TEST_F(MailboxTest, ListsMailboxesWithTheirUse) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  const auto list = boost::json::parse(mailctl({"mailbox", "list", "alice", "--json"}).out);
  EXPECT_EQ(list.at(0).at("name").as_string(), "INBOX");
  std::vector<std::string> uses;
  for (const auto& mailbox : list.as_array())
    if (const std::string use = mailbox.at("special_use").as_string().c_str(); !use.empty())
      uses.push_back(use);
  EXPECT_EQ(uses.size(), 5u);
  EXPECT_EQ(mailctl({"mailbox", "list", "nobody"}).status, 3);
}

}  // namespace
}  // namespace mailctl
