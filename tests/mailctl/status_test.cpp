#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

using StatusTest = MailctlTest;

TEST_F(StatusTest, TellsWhatThereIs) {
  ASSERT_EQ(init().status, 0);
  ASSERT_EQ(mailctl({"domain", "add", "other.test"}).status, 0);
  const auto text = mailctl({"status"}).out;
  for (const std::string line :
       {"version      Pabal " PABAL_VERSION "\n", "domain       example.test and 1 more\n",
        "queue        empty\n", "certificate  good for 82", "mailctl status --probe"})
    EXPECT_NE(text.find(line), std::string::npos) << text;
}

TEST_F(StatusTest, StatusTellsWhoDoesNotAnswer) {
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
