#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "conf/settings.hpp"
#include "mailstore/store.hpp"
#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

namespace fs = std::filesystem;

class UserTest : public MailctlTest {
 protected:
  UserTest() { EXPECT_EQ(init().status, 0); }

  bool verifies(const std::string& address, const std::string& password) const {
    const auto settings = conf::load_settings(data_ / "pabal.toml");
    mailstore::Store store(settings, mailstore::ChangeFeed::Mode::kRingOnly);
    return store.directory().verify(address, password).has_value();
  }
};

TEST_F(UserTest, AddsWithAPasswordFromStdin) {
  const auto added =
      mailctl({"user", "add", "carol@example.test", "--password-stdin"}, "secret word\n");
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_EQ(added.out, "carol@example.test is created\n");
  EXPECT_TRUE(verifies("carol@example.test", "secret word"));
  EXPECT_EQ(mailctl({"mailbox", "list", "carol"}).out.substr(0, 7), "MAILBOX");
}

TEST_F(UserTest, SaysWhyNotAndWhatToDo) {
  mailctl({"user", "add", "carol", "--password-stdin"}, "x\n");
  auto outcome = mailctl({"user", "add", "carol", "--password-stdin"}, "y\n");
  EXPECT_EQ(outcome.status, 4);
  EXPECT_NE(outcome.err.find("Next: "), std::string::npos);
  EXPECT_EQ(mailctl({"user", "add", "dave@elsewhere.test", "--password-stdin"}, "x\n").status, 3);
  EXPECT_EQ(mailctl({"user", "add", "dave", "--password-stdin"}, "").status, 2);
  EXPECT_EQ(mailctl({"user", "show", "nobody"}).status, 3);
  EXPECT_EQ(mailctl({"user", "passwd", "nobody", "--password-stdin"}, "x\n").status, 3);
  EXPECT_EQ(mailctl({"user", "add", "dave", "--password", "x"}).status, 2);
}

TEST_F(UserTest, ChangesAPassword) {
  mailctl({"user", "add", "carol", "--password-stdin"}, "old\n");
  EXPECT_EQ(mailctl({"user", "passwd", "carol", "--password-stdin"}, "new\n").status, 0);
  EXPECT_FALSE(verifies("carol@example.test", "old"));
  EXPECT_TRUE(verifies("carol@example.test", "new"));
}

TEST_F(UserTest, ListsAndShowsAsJson) {
  EXPECT_EQ(mailctl({"user", "list", "--json"}).out, "[]\n");
  mailctl({"user", "add", "carol", "--password-stdin"}, "x\n");
  const auto list = boost::json::parse(mailctl({"--json", "user", "list"}).out);
  EXPECT_EQ(list.as_array().at(0).at("address").as_string(), "carol@example.test");
  const auto shown = boost::json::parse(mailctl({"user", "show", "carol", "--json"}).out);
  EXPECT_EQ(shown.at("messages").as_int64(), 0);
  EXPECT_GE(shown.at("mailboxes").as_int64(), 6);
}

TEST_F(UserTest, ShowsWhereMailGoes) {
  mailctl({"user", "add", "carol", "--password-stdin"}, "x\n");
  EXPECT_NE(mailctl({"user", "show", "carol"}).out.find("mail       stays in the mailbox\n"),
            std::string::npos);
  mailctl({"user", "forward", "carol", "--to", "c@elsewhere.test"});
  EXPECT_NE(mailctl({"user", "show", "carol"}).out.find("mail       goes to c@elsewhere.test"),
            std::string::npos);
  const auto shown = boost::json::parse(mailctl({"user", "show", "carol", "--json"}).out);
  EXPECT_EQ(shown.at("forwards").as_array().at(0).as_string(), "c@elsewhere.test");
  EXPECT_TRUE(shown.at("keeps_copy").as_bool());
}

TEST_F(UserTest, RemovingKeepsTheMailUnlessTold) {
  for (const bool purge : {false, true}) {
    mailctl({"user", "add", "carol", "--password-stdin"}, "x\n");
    const auto shown = boost::json::parse(mailctl({"user", "show", "carol", "--json"}).out);
    const fs::path folder = shown.at("folder").as_string().c_str();
    std::vector<std::string> words{"user", "remove", "carol"};
    if (purge) words.emplace_back("--purge");
    const auto removed = mailctl(words);
    EXPECT_EQ(removed.status, 0) << removed.err;
    EXPECT_EQ(fs::exists(folder), !purge);
    EXPECT_EQ(removed.out.find(folder.string()) != std::string::npos, !purge);
    EXPECT_EQ(mailctl({"user", "show", "carol"}).status, 3);
  }
}

TEST_F(UserTest, RemovingTellsWhatStillLeadsThere) {
  for (const char* name : {"carol", "dave"})
    mailctl({"user", "add", name, "--password-stdin"}, "x\n");
  mailctl({"alias", "add", "team", "Carol", "dave"});
  mailctl({"alias", "add", "other", "dave"});
  mailctl({"user", "forward", "dave", "--to", "carol"});
  const auto removed = mailctl({"user", "remove", "carol", "--json"});
  EXPECT_EQ(boost::json::serialize(boost::json::parse(removed.out).at("still_lead_there")),
            R"(["team@example.test","dave@example.test"])");
  EXPECT_NE(
      mailctl({"user", "remove", "dave"}).out.find("Still lead there: other@example.test, te"),
      std::string::npos);
}

}  // namespace
}  // namespace mailctl
