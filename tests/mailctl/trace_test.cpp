#include <boost/json/parse.hpp>

#include "mailstore/history.hpp"
#include "tests/mailctl/mailctl.hpp"
#include "tests/mailctl/queued.hpp"

namespace mailctl {
namespace {

class TraceTest : public MailctlTest {
 protected:
  void SetUp() override { ASSERT_EQ(init().status, 0); }
  std::string add() const { return enqueue(data_, letter_to({"bob@b.test"})); }
};

TEST_F(TraceTest, OneMessageIsAPage) {
  const std::string name = add();
  const auto page = mailctl({"trace", name});
  EXPECT_EQ(page.status, 0) << page.err;
  EXPECT_NE(page.out.find("now         bob@b.test: queued; to be tried now"), std::string::npos);
}

TEST_F(TraceTest, SeveralAreAListLatestFirstAndBounded) {
  for (int i = 0; i < 3; ++i) add();
  const std::string list = mailctl({"trace", "bob@b.test"}).out;
  EXPECT_NE(list.find("LAST STEP"), std::string::npos) << list;
  EXPECT_NE(list.find("`mailctl trace QUEUE-ID` shows each step."), std::string::npos) << list;
  const auto json = mailctl({"trace", "bob@b.test", "--json", "--limit", "2"});
  EXPECT_EQ(boost::json::parse(json.out).as_array().size(), 2u);
}

TEST_F(TraceTest, JsonIsAlwaysAList) {
  const auto list = boost::json::parse(mailctl({"trace", add(), "--json"}).out);
  ASSERT_EQ(list.as_array().size(), 1u);
  EXPECT_TRUE(list.at(0).at("in_queue").as_bool());
}

TEST_F(TraceTest, SaysThatNothingIsKnownAndForHowLongItWouldBe) {
  const auto none = mailctl({"trace", "nobody@nowhere.test"});
  EXPECT_EQ(none.status, 3);
  EXPECT_NE(none.err.find("nothing is known of nobody@nowhere.test"), std::string::npos);
  EXPECT_NE(none.err.find("kept for 7d"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace mailctl
