#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"
#include "tests/mailctl/queued.hpp"

namespace mailctl {
namespace {

class QueueTest : public MailctlTest {
 protected:
  void SetUp() override { ASSERT_EQ(init().status, 0); }
  std::string add(std::vector<std::string> recipients) const {
    return enqueue(data_, letter_to(std::move(recipients)));
  }
};

TEST_F(QueueTest, ShowsAnEmptyQueue) {
  EXPECT_EQ(mailctl({"queue", "list"}).out, "The queue is empty.\n");
  EXPECT_EQ(mailctl({"queue", "list", "--json"}).out, "[]\n");
}

TEST_F(QueueTest, ShowsEachRecipientThatWaits) {
  const std::string name = add({"bob@elsewhere.test", "carol@b.test"});
  defer(data_, name, "451 4.7.1 Greylisted");
  const auto list = boost::json::parse(mailctl({"queue", "list", "--json"}).out);
  ASSERT_EQ(list.as_array().size(), 2u);
  EXPECT_EQ(list.at(0).at("name").as_string(), name);
  EXPECT_EQ(list.at(0).at("recipient").as_string(), "bob@elsewhere.test");
  EXPECT_EQ(list.at(0).at("state").as_string(), "deferred");
  EXPECT_EQ(list.at(0).at("last_reply").as_string(), "451 4.7.1 Greylisted");
  EXPECT_EQ(list.at(1).at("state").as_string(), "queued");
  EXPECT_EQ(list.at(0).at("octets").to_number<int>(), 14);
  const std::string text = mailctl({"queue", "list"}).out;
  for (const char* part : {"alice@example.test", "deferred", " minutes", "Greylisted"})
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST_F(QueueTest, FiltersAndSaysWhenNothingMatches) {
  add({"bob@elsewhere.test", "carol@b.test"});
  const auto one = mailctl({"queue", "list", "--domain", "b.test", "--json"});
  EXPECT_EQ(boost::json::parse(one.out).as_array().size(), 1u);
  const auto none = mailctl({"queue", "list", "--older-than", "1h"});
  EXPECT_EQ(none.status, 1);
  EXPECT_EQ(none.out, "");
  EXPECT_NE(none.err.find("nothing in the queue matches"), std::string::npos);
  const auto json = mailctl({"queue", "list", "--state", "held", "--json"});
  EXPECT_EQ(json.status, 1);
  EXPECT_EQ(json.out, "[]\n");
}

TEST_F(QueueTest, ListsNoMoreMessagesThanAskedFor) {
  for (int i = 0; i < 3; ++i) add({"bob@elsewhere.test"});
  const auto list = mailctl({"queue", "list", "--limit", "2", "--json"});
  EXPECT_EQ(boost::json::parse(list.out).as_array().size(), 2u);
}

TEST_F(QueueTest, ShowsAMessageWithItsNextAttemptAndTheReason) {
  const std::string name = add({"bob@elsewhere.test", "carol@b.test"});
  defer(data_, name, "451 4.7.1 Greylisted, \x1b[31mreally");
  const std::string page = mailctl({"queue", "show", name}).out;
  for (const std::string& part :
       {"queue id    " + name + "\n", std::string("Message-ID  <letter@example.test>\n"),
        std::string("from        alice@example.test\n"), std::string("size        14 octets\n"),
        std::string("deferred after 1 attempt; next one "), std::string(" minutes"),
        std::string("  reason    451 4.7.1 Greylisted, \\x1b[31mreally\n"),
        std::string("carol@b.test\n  state     queued; to be tried now")})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  const auto object = boost::json::parse(mailctl({"queue", "show", name, "--json"}).out);
  EXPECT_EQ(object.at("recipients").at(0).at("attempts").as_int64(), 1);
  EXPECT_TRUE(object.at("recipients").at(1).at("next_attempt").is_string());
}

TEST_F(QueueTest, TheNumberAtTheEndOfAnIdIsEnough) {
  const std::string name = add({"bob@elsewhere.test"});
  EXPECT_EQ(mailctl({"queue", "show", name.substr(name.rfind('-') + 1)}).status, 0);
}

TEST_F(QueueTest, SaysThatAMessageIsNotThere) {
  for (const char* id : {"77", "nonsense", ""}) {
    const auto shown = mailctl({"queue", "show", id});
    EXPECT_EQ(shown.status, 3);
    EXPECT_NE(shown.err.find("is not in the queue"), std::string::npos) << shown.err;
  }
}

}  // namespace
}  // namespace mailctl
