#include <boost/json/parse.hpp>

#include "mailstore/history_reader.hpp"
#include "mailstore/queue_bell.hpp"
#include "tests/mailctl/mailctl.hpp"
#include "tests/mailctl/queued.hpp"

namespace mailctl {
namespace {

using mailstore::Event;

class QueueDecideTest : public MailctlTest {
 protected:
  void SetUp() override { ASSERT_EQ(init({"--user", "alice"}).status, 0); }
  std::string add(std::vector<std::string> recipients = {"bob@b.test"}) const {
    return enqueue(data_, letter_to(std::move(recipients)));
  }
  boost::json::array waiting() const {
    return boost::json::parse(mailctl({"queue", "list", "--json"}).out).as_array();
  }
  std::vector<Event> events(const std::string& name) const {
    std::vector<Event> events;
    for (const auto& step : mailstore::HistoryReader(data_).steps(name))
      events.push_back(step.event);
    return events;
  }
};

TEST_F(QueueDecideTest, HoldsReleasesAndRetries) {
  const std::string name = add();
  const auto held = mailctl({"queue", "hold", name});
  EXPECT_EQ(held.status, 0) << held.err;
  EXPECT_EQ(held.out, "held 1 recipient of 1 message\n");
  EXPECT_EQ(waiting().at(0).at("state").as_string(), "held");
  EXPECT_TRUE(waiting().at(0).at("next_attempt").is_null());
  EXPECT_EQ(mailctl({"queue", "retry", name}).status, 1) << "release it first";
  EXPECT_EQ(mailctl({"queue", "release", name}).out,
            "released 1 recipient of 1 message\n"
            "smtpd does not run: it goes on from there when it is started.\n");
  EXPECT_EQ(mailctl({"queue", "retry", "--domain", "b.test"}).status, 0);
  EXPECT_EQ(events(name), (std::vector{Event::kHeld, Event::kReleased, Event::kRetried}));
}

TEST_F(QueueDecideTest, AsksForASelectionOrAll) {
  add();
  for (const char* verb : {"retry", "hold", "release", "remove"}) {
    const auto outcome = mailctl({"queue", verb});
    EXPECT_EQ(outcome.status, 2) << verb;
    EXPECT_NE(outcome.err.find("--all"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(mailctl({"queue", "hold", "--all", "--domain", "b.test"}).status, 2);
  EXPECT_EQ(mailctl({"queue", "hold", "--all"}).status, 0);
  EXPECT_EQ(mailctl({"queue", "release", "--all"}).status, 0);
}

TEST_F(QueueDecideTest, SaysWhenThereIsNothingToDo) {
  for (const char* verb : {"retry", "hold", "release", "remove"}) {
    const auto outcome = mailctl({"queue", verb, "--sender", "<>"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.err.find(std::string("nothing in the queue to ") + verb), std::string::npos);
  }
  EXPECT_EQ(mailctl({"queue", "flush"}).status, 0) << "cron's sendmail -q finds it empty mostly";
  EXPECT_EQ(mailctl({"queue", "flush"}).out, "nothing in the queue waits to be tried\n");
  EXPECT_EQ(boost::json::parse(mailctl({"queue", "flush", "--json"}).out).at("messages"), 0);
  EXPECT_EQ(mailctl({"queue", "remove", "77"}).status, 3);
}

TEST_F(QueueDecideTest, OfSeveralNamedTheOnesThatAreThereAreMoved) {
  const auto outcome = mailctl({"queue", "hold", add(), "77", add(), "--json"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("77 is not in the queue"), std::string::npos);
  EXPECT_EQ(boost::json::parse(outcome.out).at("messages").as_int64(), 2);
}

TEST_F(QueueDecideTest, TellsARunningSmtpd) {
  add();
  mailstore::QueueBell bell(data_);
  const auto outcome = boost::json::parse(mailctl({"queue", "flush", "--json"}).out);
  EXPECT_TRUE(outcome.at("smtpd_told").as_bool());
  EXPECT_EQ(outcome.at("decision").as_string(), "flush");
  EXPECT_EQ(mailctl({"queue", "flush"}).out, "retried 1 recipient of 1 message\n");
}

TEST_F(QueueDecideTest, RemovesWithoutAWord) {
  const std::string name = add({"bob@b.test", "carol@c.test"});
  EXPECT_EQ(mailctl({"queue", "remove", "--recipient", "carol@c.test"}).out,
            "removed 1 recipient of 1 message\n");
  EXPECT_EQ(waiting().size(), 1u);
  EXPECT_EQ(mailctl({"queue", "remove", name}).status, 0);
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(events(name), (std::vector{Event::kRemoved, Event::kRemoved}));
}

TEST_F(QueueDecideTest, RemovesAndTellsTheSender) {
  const std::string name = add();
  const auto outcome = mailctl({"queue", "remove", name, "--report"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("removed 1 recipient of 1 message; the sender is told\n"),
            std::string::npos)
      << outcome.out;
  const auto left = waiting();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left.at(0).at("sender").as_string(), "<>");
  EXPECT_EQ(left.at(0).at("recipient").as_string(), "alice@example.test");
  EXPECT_TRUE(left.at(0).at("local").as_bool());
  EXPECT_EQ(events(name), (std::vector{Event::kRemoved, Event::kReported}));
}

TEST_F(QueueDecideTest, ABrokenHistoryIsSaidAndStopsNothing) {
  const std::string name = add();
  std::ofstream(data_ / "history.db") << std::string(4096, 'x');
  const auto outcome = mailctl({"queue", "hold", name});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("the history does not know of it"), std::string::npos) << outcome.err;
  EXPECT_EQ(waiting().at(0).at("state").as_string(), "held");
}

}  // namespace
}  // namespace mailctl
