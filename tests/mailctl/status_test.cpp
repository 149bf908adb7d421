#include <boost/json/parse.hpp>

#include "tests/mailctl/mailctl.hpp"
#include "tests/mailctl/queued.hpp"

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

TEST_F(StatusTest, CountsWhatWaits) {
  ASSERT_EQ(init().status, 0);
  defer(data_, enqueue(data_, letter_to({"bob@b.test", "carol@c.test"})), "451 later");
  ASSERT_EQ(mailctl({"queue", "hold", "--domain", "c.test"}).status, 0);
  const auto text = mailctl({"status"}).out;
  EXPECT_NE(text.find("queue        1 message, the oldest 6"), std::string::npos) << text;
  EXPECT_NE(text.find("ago: 0 queued, 1 deferred, 1 held; mailctl queue list"), std::string::npos);
  const auto queue = boost::json::parse(mailctl({"status", "--json"}).out).at("queue");
  EXPECT_EQ(queue.at("deferred").as_int64(), 1);
  EXPECT_TRUE(queue.at("oldest").is_string());
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

TEST_F(StatusTest, SaysWhereTheSettingsNameACertificateThatIsNotThere) {
  ASSERT_EQ(init().status, 0);
  std::filesystem::remove(data_ / "cert.pem");
  const auto run = mailctl({"status"});
  EXPECT_EQ(run.status, 78);
  EXPECT_NE(run.err.find(":15: tls.certificate: " + (data_ / "cert.pem").string() +
                         ": No such file or directory, expected a certificate in PEM"),
            std::string::npos)
      << run.err;
}

}  // namespace
}  // namespace mailctl
