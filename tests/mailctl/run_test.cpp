#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using RunTest = MailctlTest;

TEST_F(RunTest, TellsHelpAndVersion) {
  EXPECT_EQ(run_words({"--version"}).out.substr(0, 8), "mailctl ");
  const auto help = run_words({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("Exit status:"), std::string::npos);
  EXPECT_EQ(run_words({}).status, 2);
  EXPECT_EQ(run_words({"user"}).status, 2);
  EXPECT_EQ(run_words({"user", "juggle"}).status, 2);
}

TEST_F(RunTest, SaysWhatIsWrongWithTheSettings) {
  const auto missing = run_words({"--config", "/nowhere/pabal.toml", "user", "list"});
  EXPECT_EQ(missing.status, 78);
  EXPECT_NE(missing.err.find("/nowhere/pabal.toml"), std::string::npos);
  EXPECT_NE(missing.err.find("Next: "), std::string::npos);
}

TEST_F(RunTest, KeepsAliases) {
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

TEST_F(RunTest, KeepsDomains) {
  ASSERT_EQ(init({"--user", "alice"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "add", "second.test"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "add", "second.test"}).status, 4);
  EXPECT_EQ(mailctl({"domain", "add", "a b"}).status, 1);
  EXPECT_EQ(mailctl({"domain", "list"}).out,
            "DOMAIN        \nexample.test  default\nsecond.test   \n");
  EXPECT_EQ(mailctl({"domain", "remove", "second.test"}).status, 0);
  EXPECT_EQ(mailctl({"domain", "remove", "second.test"}).status, 3);
  EXPECT_EQ(mailctl({"domain", "remove", "example.test"}).status, 1);
}

TEST_F(RunTest, ShowsAnEmptyQueue) {
  ASSERT_EQ(init().status, 0);
  EXPECT_EQ(mailctl({"queue", "list"}).out, "The queue is empty.\n");
  EXPECT_EQ(mailctl({"queue", "list", "--json"}).out, "[]\n");
}

TEST_F(RunTest, StatusTellsWhoDoesNotAnswer) {
  ASSERT_EQ(init().status, 0);
  const auto plain = mailctl({"status"});
  EXPECT_EQ(plain.status, 0) << plain.err;
  EXPECT_NE(plain.out.find("submissions  127.0.0.1:30465"), std::string::npos) << plain.out;
  const auto asked = mailctl({"status", "--probe", "--json"});
  EXPECT_EQ(asked.status, 5);
  EXPECT_NE(asked.err.find("smtp on 127.0.0.1:30025 does not answer"), std::string::npos);
  EXPECT_FALSE(boost::json::parse(asked.out).at("listeners").at(0).at("answers").as_bool());
}

}  // namespace
}  // namespace mailctl
