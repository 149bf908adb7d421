#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

class ForwardTest : public MailctlTest {
 protected:
  ForwardTest() {
    EXPECT_EQ(init().status, 0);
    for (const char* name : {"alice", "bob"})
      mailctl({"user", "add", name, "--password-stdin"}, "x\n");
  }
  Outcome forward(std::vector<std::string> words) {
    words.insert(words.begin(), {"user", "forward"});
    return mailctl(words);
  }
};

TEST_F(ForwardTest, SetsShowsAndClears) {
  EXPECT_EQ(forward({"alice"}).out, "mail for alice@example.test stays in the mailbox\n");
  EXPECT_EQ(
      forward({"--to", "a@elsewhere.test", "--to", "bob", "alice"}).out,
      "mail for alice@example.test goes to a@elsewhere.test, bob@example.test, and a copy stays "
      "in the mailbox\n");
  EXPECT_EQ(
      forward({"alice", "--no-keep"}).out,
      "mail for alice@example.test goes to a@elsewhere.test, bob@example.test, and none stays "
      "in the mailbox\n");
  EXPECT_EQ(forward({"alice", "--to", "c@elsewhere.test"}).out,
            "mail for alice@example.test goes to c@elsewhere.test, and none stays in the mailbox\n")
      << "what was not said stays";
  const auto shown = boost::json::parse(forward({"alice", "--keep", "--json"}).out);
  EXPECT_EQ(shown.at("address").as_string(), "alice@example.test");
  EXPECT_EQ(shown.at("forwards").as_array().size(), 1u);
  EXPECT_TRUE(shown.at("keeps_copy").as_bool());
  EXPECT_EQ(forward({"alice", "--clear"}).out,
            "mail for alice@example.test stays in the mailbox\n");
  EXPECT_EQ(forward({"alice"}).out, "mail for alice@example.test stays in the mailbox\n");
}

TEST_F(ForwardTest, SaysWhyNot) {
  EXPECT_EQ(forward({"nobody", "--to", "bob"}).status, 3);
  EXPECT_EQ(forward({"alice", "--keep"}).status, 2);
  EXPECT_EQ(forward({"alice", "--keep", "--no-keep"}).status, 2);
  EXPECT_EQ(forward({"alice", "--clear", "--to", "bob"}).status, 2);
  EXPECT_EQ(forward({"alice", "--to", "not an address"}).status, 1);
  const auto itself = forward({"alice", "--to", "alice"});
  EXPECT_EQ(itself.status, 1);
  EXPECT_NE(itself.err.find("round in a circle"), std::string::npos) << itself.err;
  EXPECT_NE(itself.err.find("--keep"), std::string::npos) << itself.err;
  EXPECT_EQ(forward({"alice", "--to", "bob"}).status, 0);
  EXPECT_EQ(forward({"bob", "--to", "alice"}).status, 1);
}

}  // namespace
}  // namespace mailctl
