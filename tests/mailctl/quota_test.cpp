#include <boost/json/parse.hpp>

#include "conf/settings.hpp"
#include "mailstore/store.hpp"
#include "tests/mailctl/mailctl.hpp"

namespace mailctl {
namespace {

class QuotaTest : public MailctlTest {
 protected:
  QuotaTest() {
    EXPECT_EQ(init().status, 0);
    mailctl({"user", "add", "carol", "--password-stdin"}, "x\n");
  }
  mailstore::Limits limits() const {
    const auto settings = conf::load_settings(data_ / "pabal.toml");
    const mailstore::Store store(settings, mailstore::ChangeFeed::Mode::kRingOnly);
    return store.limits(1);
  }
};

TEST_F(QuotaTest, ShowsWhatThereIs) {
  EXPECT_EQ(mailctl({"user", "quota", "carol"}).out,
            "storage    0 octets, no limit (default)\n"
            "messages   0, no limit (default)\n"
            "mailboxes  6, no limit (default)\n");
}

TEST_F(QuotaTest, SetsAndTakesBack) {
  const auto set = mailctl({"user", "quota", "carol", "--storage", "1GiB", "--messages", "5000"});
  EXPECT_EQ(set.status, 0) << set.err;
  EXPECT_NE(set.out.find("storage    0 octets of 1GiB\n"), std::string::npos) << set.out;
  EXPECT_EQ(limits(), (mailstore::Limits{.storage = 1u << 30, .messages = 5000}));
  mailctl({"user", "quota", "carol", "--storage", "default", "--messages", "none"});
  EXPECT_EQ(limits(), mailstore::Limits());
  EXPECT_NE(mailctl({"user", "quota", "carol"}).out.find("messages   0, no limit\n"),
            std::string::npos);
}

TEST_F(QuotaTest, RefusesWhatIsNoLimit) {
  for (const char* wrong : {"much", "-1", "0", "1.5GiB", "99999999999999999999"})
    EXPECT_EQ(mailctl({"user", "quota", "carol", "--storage=" + std::string(wrong)}).status, 2)
        << wrong;
  EXPECT_EQ(mailctl({"user", "quota", "carol", "--messages", "1KiB"}).status, 2);
  EXPECT_EQ(mailctl({"user", "quota", "nobody"}).status, 3);
}

TEST_F(QuotaTest, TellsMachinesToo) {
  mailctl({"user", "quota", "carol", "--mailboxes", "10"});
  const auto told = boost::json::parse(mailctl({"--json", "user", "quota", "carol"}).out);
  EXPECT_EQ(told.at("quota").at("mailboxes").at("limit").as_int64(), 10);
  EXPECT_TRUE(told.at("quota").at("mailboxes").at("own").as_bool());
  EXPECT_TRUE(told.at("quota").at("storage").at("limit").is_null());
}

}  // namespace
}  // namespace mailctl
